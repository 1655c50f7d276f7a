/**
 * How maps and filters lie in storage buffers. A cell holds four neighbouring channels, so that one
 * read, one product and one write take four. A map is its pixels in row-major order, each with its
 * cells one after another; channels past the last are zero.
 */
import { decodeHalf, halfBits } from '../../../checkpoints/half.ts';
import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { FilterShape, MapShape, Precision } from '../../backend.ts';
import { valuesOf } from '../../shapes.ts';
import { BLOCK, type FilterGrid } from '../blocks.ts';

/** Cells of a pixel. */
export function blocksOf(channels: number): number {
  return Math.ceil(channels / BLOCK);
}

export function cellBytes(precision: Precision): number {
  return precision === 'float16' ? 8 : 16;
}

/** Bytes of a map. Throws a RangeError when a size is no count. */
export function mapBytes(shape: MapShape, precision: Precision): number {
  const channels = shape[3];
  return (valuesOf(shape) / channels) * blocksOf(channels) * cellBytes(precision);
}

/** Row-major values as cells. */
export function packMap(values: Float32Array, [, , , channels]: MapShape): Float32Array {
  const pitch = blocksOf(channels) * BLOCK;
  if (pitch === channels) return values;
  const packed = new Float32Array((values.length / channels) * pitch);
  for (let from = 0, to = 0; from < values.length; from += channels, to += pitch)
    for (let c = 0; c < channels; c++) packed[to + c] = values[from + c] ?? 0;
  return packed;
}

/** The inverse of packMap. */
export function unpackMap(
  bytes: ArrayBuffer,
  [, , , channels]: MapShape,
  precision: Precision,
): Float32Array {
  const packed = decodeNumbers(bytes, precision);
  const pitch = blocksOf(channels) * BLOCK;
  if (pitch === channels) return packed;
  const values = new Float32Array((packed.length / pitch) * channels);
  for (let from = 0, to = 0; from < packed.length; from += pitch, to += channels)
    values.set(packed.subarray(from, from + channels), to);
  return values;
}

/** Numbers of a filter: biases, and weights with what rounds its blocks up. */
function filterNumbers(kernel: number, { groups, blocksIn, blocksOut }: FilterGrid): number {
  return groups * blocksOut * BLOCK * (1 + blocksIn * BLOCK * kernel ** 2);
}

/** Bytes of a filter. */
export function filterBytes(
  { kernel }: Pick<FilterShape, 'kernel'>,
  grid: FilterGrid,
  precision: Precision,
): number {
  return (filterNumbers(kernel, grid) / BLOCK) * cellBytes(precision);
}

/**
 * A filter's biases, and behind them its weights as the kernels read them: group after group, in it
 * blocks of input channels, taps, the block's four channels; for each of these the cells of the
 * group's output channels. With one group and kernel 1 that is a matrix, a row an input channel.
 */
export function packFilter(
  { weight, bias }: FoldedLayer,
  { kernel, cin, cout, groups }: FilterShape,
  grid: FilterGrid,
): Float32Array {
  const taps = kernel ** 2;
  const [groupIn, groupOut] = [cin / groups, cout / groups];
  const together = groups / grid.groups;
  const row = grid.blocksOut * BLOCK;
  const weights = grid.groups * row;
  const packed = new Float32Array(filterNumbers(kernel, grid));
  packed.set(bias);
  for (let o = 0, value = 0; o < cout; o++) {
    const group = Math.floor(o / (groupOut * together));
    const output = o - group * groupOut * together;
    const before = (Math.floor(o / groupOut) % together) * groupIn;
    for (let i = before; i < before + groupIn; i++)
      for (let tap = 0; tap < taps; tap++, value++) {
        const block = (group * grid.blocksIn + Math.floor(i / BLOCK)) * taps + tap;
        packed[weights + (block * BLOCK + (i % BLOCK)) * row + output] = weight[value] ?? 0;
      }
  }
  return packed;
}

/** Numbers as the GPU stores them. */
export function encodeNumbers(values: Float32Array, precision: Precision): BufferSource {
  if (precision === 'float16') return Uint16Array.from(values, halfBits);
  // A Float32Array may lie in shared memory, which writeBuffer does not take.
  return values.buffer instanceof ArrayBuffer ? asPlain(values) : new Float32Array(values);
}

function asPlain({ buffer, byteOffset, length }: Float32Array): BufferSource {
  return new Float32Array(buffer as ArrayBuffer, byteOffset, length);
}

function decodeNumbers(bytes: ArrayBuffer, precision: Precision): Float32Array {
  return precision === 'float16' ? decodeHalf(new Uint16Array(bytes)) : new Float32Array(bytes);
}
