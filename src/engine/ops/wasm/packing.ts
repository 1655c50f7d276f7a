/** How tensors, filters and the places of inputs lie in the memory that the kernels read. */
import type { ConvShape } from '../groupedConv2D.ts';
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

/** Pixels and channels of a tensor: the last axis is the channels. */
function extentOf(shape: readonly number[]): readonly [pixels: number, channels: number] {
  const channels = shape.at(-1) ?? 1;
  return [shape.reduce((product, n) => product * n, 1) / channels, channels];
}

/** Pixels behind every map, since the last tile of a convolution may run over its end. */
const SPARE_PIXELS = LARGEST_TILE - 1;

/** Bytes of a tensor in memory. */
export function bytesOf(shape: readonly number[]): number {
  const [pixels, channels] = extentOf(shape);
  const spare = shape.length === 4 ? SPARE_PIXELS : 0;
  return (pixels + spare) * paddedChannels(channels) * FLOAT;
}

/** Writes row-major values as pixels of whole panels. */
export function packPixels(
  values: Float32Array,
  shape: readonly number[],
  into: ArrayBufferLike,
  address: number,
): void {
  const [pixels, channels] = extentOf(shape);
  const pitch = paddedChannels(channels);
  const packed = new Float32Array(into, address, pixels * pitch);
  if (pitch === channels) packed.set(values);
  else
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let c = 0; c < pitch; c++)
        packed[pixel * pitch + c] = c < channels ? (values[pixel * channels + c] ?? 0) : 0;
}

/** The row-major values of pixels of whole panels, as a copy. */
export function unpackPixels(
  from: ArrayBufferLike,
  address: number,
  shape: readonly number[],
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

export function panelGridOf({ cin, cout, kernel, groupIn, groupOut }: ConvShape): PanelGrid {
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

/**
 * Writes a filter [k, k, cin / groups, cout] as panels: the offset of the first input channel in
 * bytes, then [tap][input channel][8 output channels], zero where the two are not of one group.
 */
export function packFilter(
  filter: Float32Array,
  { kernel, groupIn, groupOut, cout }: ConvShape,
  { starts, depth, panelBytes }: PanelGrid,
  into: ArrayBufferLike,
  address: number,
): void {
  const taps = kernel * kernel;
  for (const [panel, start] of starts.entries()) {
    const at = address + panel * panelBytes;
    new Int32Array(into, at, 1).set([start * FLOAT]);
    const weights = new Float32Array(into, at + PANEL_HEADER, taps * depth * PANEL);
    weights.fill(0);
    const end = Math.min((panel + 1) * PANEL, cout);
    // Output channels of one group at a time: they are neighbours here and there.
    for (let o = panel * PANEL, next = o; o < end; o = next) {
      const group = Math.floor(o / groupOut);
      next = Math.min((group + 1) * groupOut, end);
      for (let tap = 0; tap < taps; tap++)
        for (let i = 0; i < groupIn; i++) {
          const channel = group * groupIn + i - start;
          const from = (tap * groupIn + i) * cout + o;
          const to = (tap * depth + channel) * PANEL + (o % PANEL);
          for (let lane = 0; lane < next - o; lane++) weights[to + lane] = filter[from + lane] ?? 0;
        }
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
