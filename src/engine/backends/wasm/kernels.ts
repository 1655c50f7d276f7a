import {
  assemble,
  doWhile,
  f32,
  f32x4,
  i32,
  v128,
  wasmFunction,
  when,
  type Code,
  type Local,
  type MemoryType,
  type WasmFunction,
} from './assembler.ts';
import { convolveName, LARGEST_TILE } from './tasks.ts';

/** Output channels that one panel of weights gives: two vectors of four. */
export const PANEL = 8;
/** Input channels that the innermost loop takes at a time. */
export const DEPTH = 4;
/** Bytes before the weights of a panel: the offset of its first input channel, and three zeros. */
export const PANEL_HEADER = 16;

/** Pixels of the largest tile: where products are not added at once, they need one register more. */
export function largestTile(fused: boolean): number {
  return fused ? LARGEST_TILE : LARGEST_TILE - 1;
}

export interface KernelOptions extends MemoryType {
  /** Whether products and sums may be one instruction (relaxed SIMD). */
  readonly fused: boolean;
}

/** The module with all kernels of tasks.ts but the softmax. */
export function kernelModule(options: KernelOptions): Uint8Array<ArrayBuffer> {
  const tiles = Array.from({ length: largestTile(options.fused) }, (_, i) => i + 1);
  return assemble([...tiles.map((tile) => convolve(tile, options)), average()], options);
}

function increase(local: Local, by: Code): Code {
  return local.set(i32.add(local.get, by));
}

/**
 * For each panel, for each tile, for each tap, for each four input channels: the sums of all pixels
 * of the tile and all eight output channels of the panel, which stay in registers over the taps. A
 * panel's weights are read in the order in which they lie, and stay in the cache from tile to tile.
 */
function convolve(pixels: number, { fused }: KernelOptions): WasmFunction {
  return wasmFunction(convolveName(pixels), ({ param, variable }) => {
    const table = param('i32');
    const tiles = param('i32');
    const x = param('i32');
    const panel = param('i32');
    const panelsEnd = param('i32');
    const panelBytes = param('i32');
    const tapBytes = param('i32');
    const bias = param('i32');
    const out = param('i32');
    const outPitch = param('i32');
    const residual = param('i32');
    const least = param('i32');
    // Of a panel: its first input channel of the first pixel, where it ends, and tiles that are left.
    const [first, panelEnd, left] = [variable('i32'), variable('i32'), variable('i32')];
    // Of a tile: its place in the table, its first pixel's output, and a pixel's.
    const [offsets, y, row] = [variable('i32'), variable('i32'), variable('i32')];
    const [weight, tapEnd] = [variable('i32'), variable('i32')];
    const [low, high, value] = [variable('v128'), variable('v128'), variable('v128')];
    const tile = Array.from({ length: pixels }, () => ({
      input: variable('i32'),
      sums: [variable('v128'), variable('v128')] as const,
    }));

    const addProduct = (sum: Local, weights: Local): Code =>
      sum.set(
        fused
          ? f32x4.relaxedMadd(value.get, weights.get, sum.get)
          : f32x4.add(sum.get, f32x4.mul(value.get, weights.get)),
      );
    const inputChannel = (channel: number): Code => [
      low.set(v128.load(weight.get, channel * PANEL * 4)),
      high.set(v128.load(weight.get, channel * PANEL * 4 + 16)),
      tile.map(({ input, sums }) => [
        value.set(v128.loadSplat(input.get, channel * 4)),
        addProduct(sums[0], low),
        addProduct(sums[1], high),
      ]),
    ];
    const tap = [
      tile.map(({ input }, i) => input.set(i32.add(first.get, i32.load(offsets.get, 4 * i)))),
      increase(offsets, i32.const(4 * pixels)),
      tapEnd.set(i32.add(weight.get, tapBytes.get)),
      doWhile(
        [
          Array.from({ length: DEPTH }, (_, channel) => inputChannel(channel)),
          tile.map(({ input }) => increase(input, i32.const(4 * DEPTH))),
          increase(weight, i32.const(4 * DEPTH * PANEL)),
        ],
        i32.lessUnsigned(weight.get, tapEnd.get),
      ),
    ];
    const eachPixel = (work: (sums: readonly [Local, Local]) => Code): Code => [
      row.set(y.get),
      tile.map(({ sums }) => [work(sums), increase(row, outPitch.get)]),
    ];
    const addResidual = eachPixel((sums) =>
      sums.map((sum, i) =>
        sum.set(f32x4.add(sum.get, v128.load(i32.add(row.get, residual.get), 16 * i))),
      ),
    );
    const store = [
      value.set(f32x4.splat(f32.reinterpret(least.get))),
      eachPixel((sums) =>
        sums.map((sum, i) => v128.store(row.get, f32x4.pmax(sum.get, value.get), 16 * i)),
      ),
      y.set(row.get),
    ];
    const wholeTile = [
      tile.map(({ sums }) => sums.map((sum, i) => sum.set(v128.load(bias.get, 16 * i)))),
      weight.set(i32.add(panel.get, i32.const(PANEL_HEADER))),
      doWhile(tap, i32.lessUnsigned(weight.get, panelEnd.get)),
      when(residual.get, addResidual),
      store,
      left.set(i32.sub(left.get, i32.const(1))),
    ];
    return doWhile(
      [
        first.set(i32.add(x.get, i32.load(panel.get))),
        panelEnd.set(i32.add(panel.get, panelBytes.get)),
        offsets.set(table.get),
        y.set(out.get),
        left.set(tiles.get),
        doWhile(wholeTile, left.get),
        panel.set(panelEnd.get),
        increase(bias, i32.const(4 * PANEL)),
        increase(out, i32.const(4 * PANEL)),
      ],
      i32.lessUnsigned(panel.get, panelsEnd.get),
    );
  });
}

function average(): WasmFunction {
  return wasmFunction('average', ({ param, variable }) => {
    const x = param('i32');
    const pixels = param('i32');
    const pitch = param('i32');
    const out = param('i32');
    const outEnd = param('i32');
    const [pixel, left] = [variable('i32'), variable('i32')];
    const [sum, zero] = [variable('v128'), variable('v128')];
    return doWhile(
      [
        sum.set(zero.get),
        pixel.set(x.get),
        left.set(pixels.get),
        doWhile(
          [
            sum.set(f32x4.add(sum.get, v128.load(pixel.get))),
            increase(pixel, pitch.get),
            left.set(i32.sub(left.get, i32.const(1))),
          ],
          left.get,
        ),
        v128.store(out.get, f32x4.div(sum.get, f32x4.splat(f32.fromInteger(pixels.get)))),
        increase(x, i32.const(16)),
        increase(out, i32.const(16)),
      ],
      i32.lessUnsigned(out.get, outEnd.get),
    );
  });
}
