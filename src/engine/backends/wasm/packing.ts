/** How tensors, filters and the places of inputs lie in the memory that the kernels read. */
import type { FilterShape, MapShape } from '../../backend.ts';
import type { ConvShape } from '../../shapes.ts';
import { DEPTH, PANEL, PANEL_HEADER } from './kernels.ts';
import { LARGEST_TILE } from './tasks.ts';

export const FLOAT = 4;

/** Channels of a pixel in memory: whole panels, zeros behind the last channel. */
export function paddedChannels(channels: number): number {
  return roundUp(channels, PANEL);
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Pixels and channels of a map. */
function extentOf([batch, height, width, channels]: MapShape): readonly [number, number] {
  return [batch * height * width, channels];
}

/** Pixels behind every map, since the last tile of a convolution may run over its end. */
const SPARE_PIXELS = LARGEST_TILE - 1;

/** Bytes of a map in memory. */
export function bytesOf(shape: MapShape): number {
  const [pixels, channels] = extentOf(shape);
  return (pixels + SPARE_PIXELS) * paddedChannels(channels) * FLOAT;
}

/** Writes row-major values as pixels of whole panels. */
export function packPixels(
  values: Float32Array,
  shape: MapShape,
  into: ArrayBufferLike,
  address: number,
): void {
  const [pixels, channels] = extentOf(shape);
  const pitch = paddedChannels(channels);
  const packed = new Float32Array(into, address, pixels * pitch);
  if (pitch === channels) {
    packed.set(values);
    return;
  }
  // All zeros at once, then the values by running indices: half the time, while other threads wait.
  packed.fill(0);
  for (let from = 0, to = 0; from < values.length; to += pitch - channels)
    for (const end = from + channels; from < end; from++, to++) packed[to] = values[from] ?? 0;
}

/** The row-major values of pixels of whole panels, as a copy. */
export function unpackPixels(
  from: ArrayBufferLike,
  address: number,
  shape: MapShape,
): Float32Array<ArrayBuffer> {
  const [pixels, channels] = extentOf(shape);
  const pitch = paddedChannels(channels);
  const packed = new Float32Array(from, address, pixels * pitch);
  const values = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++)
    values.set(packed.subarray(pixel * pitch, pixel * pitch + channels), pixel * channels);
  return values;
}

/** A filter's panels, of which each reads the same number of input channels. */
export interface PanelGrid {
  readonly panels: number;
  /** First input channel of each panel. */
  readonly starts: readonly number[];
  /** Input channels that a panel reads, its groups' and what rounds them up. */
  readonly depth: number;
  readonly panelBytes: number;
}

export function panelGridOf({ cin, cout, kernel, groups }: FilterShape): PanelGrid {
  const [groupIn, groupOut] = [cin / groups, cout / groups];
  const panels = paddedChannels(cout) / PANEL;
  const ranges = Array.from({ length: panels }, (_, panel) => {
    const last = Math.min((panel + 1) * PANEL, cout) - 1;
    return {
      from: Math.floor((panel * PANEL) / groupOut) * groupIn,
      to: (Math.floor(last / groupOut) + 1) * groupIn,
    };
  });
  const depth = roundUp(Math.max(...ranges.map(({ from, to }) => to - from)), DEPTH);
  return {
    panels,
    // The last panels begin earlier than they must, so that all read within the pixel.
    starts: ranges.map(({ from }) => Math.min(from, paddedChannels(cin) - depth)),
    depth,
    panelBytes: PANEL_HEADER + kernel * kernel * depth * PANEL * FLOAT,
  };
}

/** Bytes of a filter's panels, and of those with the biases behind them, up to a whole panel. */
export function panelsBytes({ panels, panelBytes }: PanelGrid): number {
  return panels * panelBytes;
}

export function filterBytes(shape: FilterShape): number {
  return panelsBytes(panelGridOf(shape)) + paddedChannels(shape.cout) * FLOAT;
}

/**
 * Writes weights [cout, cin / groups, k, k] as panels: the offset of the first input channel in
 * bytes, then [tap][input channel][8 output channels], zero where the two are not of one group.
 */
export function packFilter(
  weights: Float32Array,
  { kernel, cin, cout, groups }: FilterShape,
  { starts, depth, panelBytes }: PanelGrid,
  into: ArrayBufferLike,
  address: number,
): void {
  const taps = kernel * kernel;
  const [groupIn, groupOut] = [cin / groups, cout / groups];
  for (const [panel, start] of starts.entries()) {
    const at = address + panel * panelBytes;
    new Int32Array(into, at, 1).set([start * FLOAT]);
    const packed = new Float32Array(into, at + PANEL_HEADER, taps * depth * PANEL);
    packed.fill(0);
    for (let o = panel * PANEL; o < Math.min((panel + 1) * PANEL, cout); o++) {
      const first = Math.floor(o / groupOut) * groupIn - start;
      for (let i = 0; i < groupIn; i++)
        for (let tap = 0; tap < taps; tap++)
          packed[(tap * depth + first + i) * PANEL + (o % PANEL)] =
            weights[(o * groupIn + i) * taps + tap] ?? 0;
    }
  }
}

/**
 * Where the inputs of an output stand, [tile][tap][pixel], in bytes from x's address. What lies
 * outside of the picture stands at `outside`; a last tile that is not full repeats the last pixel.
 */
export function inputOffsets(
  { batch, hin, win, cin, hout, wout, kernel, stride, pad }: ConvShape,
  tile: number,
  outside: number,
): Int32Array {
  const pixels = batch * hout * wout;
  const pitch = paddedChannels(cin) * FLOAT;
  const taps = kernel * kernel;
  const offsets = new Int32Array(roundUp(pixels, tile) * taps);
  for (let i = 0; i < offsets.length; i++) {
    const pixel = Math.min(Math.floor(i / (taps * tile)) * tile + (i % tile), pixels - 1);
    const tap = Math.floor(i / tile) % taps;
    const y = (Math.floor(pixel / wout) % hout) * stride + Math.floor(tap / kernel) - pad;
    const x = (pixel % wout) * stride + (tap % kernel) - pad;
    const image = Math.floor(pixel / (hout * wout));
    const inside = y >= 0 && y < hin && x >= 0 && x < win;
    offsets[i] = inside ? ((image * hin + y) * win + x) * pitch : outside;
  }
  return offsets;
}

/**
 * Pixels a tile: as many as spare work, since a last tile that is not full computes in vain. Weights
 * are loaded once a tile, which counts as two vectors of sums.
 */
export function bestTile(pixels: number, largest: number): number {
  const cost = (tile: number): number => Math.ceil(pixels / tile) * (2 * tile + 2);
  const sizes = Array.from({ length: largest }, (_, i) => largest - i);
  return sizes.reduce((best, tile) => (cost(tile) < cost(best) ? tile : best));
}
