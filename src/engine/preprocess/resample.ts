import type { Preprocessing } from '../../checkpoints/description.ts';
import type { Geometry } from './geometry.ts';

/** A picture of 8-bit red, green and blue, row by row. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  /** height x width x 3. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** For each output position of one axis: which inputs it reads, and with what weights. */
interface Taps {
  /** First input position of each output. */
  readonly first: Int32Array;
  /** Number of inputs of each output. */
  readonly count: Int32Array;
  /** Fixed-point weights, `stride` places an output. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** Bits after the binary point of Pillow's 8-bit weights (`PRECISION_BITS`, src/libImaging/Resample.c). */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);
/** Pillow's cubic: Keys' kernel with a = -1/2. */
const CUBIC_A = -0.5;

const FILTERS: Readonly<
  Record<Preprocessing['interpolation'], { support: number; weight: (x: number) => number }>
> = {
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    support: 2,
    weight: (signed) => {
      const x = Math.abs(signed);
      if (x < 1) return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
      if (x < 2) return (((x - 5) * x + 8) * x - 4) * CUBIC_A;
      return 0;
    },
  },
};

/** What is made of pixels: which filter, and whether it grows with what it reduces. */
export type Filtering = Pick<Preprocessing, 'interpolation' | 'antialias'>;

/**
 * The taps of outputs `from` to `from + length` when `size` inputs become `resized` outputs: the
 * filter, widened by the reduction if it is antialiased, normalised, in fixed point. Follows Pillow's
 * `precompute_coeffs` and `normalize_coeffs_8bpc`; not widened, the bilinear filter has the two taps
 * of OpenCV's `INTER_LINEAR`.
 */
function tapsOf(
  size: number,
  resized: number,
  from: number,
  length: number,
  { interpolation, antialias = true }: Filtering,
): Taps {
  const filter = FILTERS[interpolation];
  const scale = size / resized;
  const widening = antialias ? Math.max(scale, 1) : 1;
  const support = filter.support * widening;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  for (let out = 0; out < length; out++) {
    const centre = (from + out + 0.5) * scale;
    const begin = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(size, Math.trunc(centre + support + 0.5));
    const exact = Array.from({ length: end - begin }, (_, i) =>
      filter.weight((begin + i - centre + 0.5) * (1 / widening)),
    );
    const sum = exact.reduce((a, b) => a + b, 0);
    first[out] = begin;
    count[out] = end - begin;
    for (const [i, value] of exact.entries())
      weights[out * stride + i] = toFixedPoint(sum === 0 ? value : value / sum);
  }
  return { first, count, weights, stride };
}

/** Rounds half away from zero, as Pillow does. */
function toFixedPoint(weight: number): number {
  const scaled = weight * (1 << PRECISION_BITS);
  return Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

/** One end of a pass along an axis: where a position of that axis and of the other one stands. */
interface Grid {
  readonly data: Uint8Array;
  /** Distance between neighbours along the resampled axis, in bytes. */
  readonly along: number;
  /** Distance between neighbours across it. */
  readonly across: number;
}

/** Resamples one axis into `target`, rounding to 8 bits; both grids have three channels. */
function pass(source: Grid, target: Grid, taps: Taps, acrossLength: number, origin: number): void {
  const { first, count, weights, stride } = taps;
  for (let other = 0; other < acrossLength; other++) {
    for (let out = 0; out < first.length; out++) {
      let position = other * source.across + ((first[out] ?? 0) - origin) * source.along;
      const begin = out * stride;
      const end = begin + (count[out] ?? 0);
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let tap = begin; tap < end; tap++) {
        const weight = weights[tap] ?? 0;
        red += (source.data[position] ?? 0) * weight;
        green += (source.data[position + 1] ?? 0) * weight;
        blue += (source.data[position + 2] ?? 0) * weight;
        position += source.along;
      }
      const at = other * target.across + out * target.along;
      target.data[at] = clip(red >> PRECISION_BITS);
      target.data[at + 1] = clip(green >> PRECISION_BITS);
      target.data[at + 2] = clip(blue >> PRECISION_BITS);
    }
  }
}

function clip(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/**
 * The square that `geometry` cuts from the resized picture, equal to Pillow's
 * `picture.resize(…).crop(…)` bit by bit: horizontal pass, then vertical, each rounded to 8 bits.
 * Only the rows and columns that the square needs are computed. Without antialiasing it is within one
 * level of OpenCV's, which keeps more digits between the passes.
 */
export function resampleCrop(
  picture: RgbPicture,
  { resizedWidth, resizedHeight, left, top, crop }: Geometry,
  filtering: Filtering,
): RgbPicture {
  const columns = tapsOf(picture.width, resizedWidth, left, crop, filtering);
  const rows = tapsOf(picture.height, resizedHeight, top, crop, filtering);
  const firstRow = rows.first[0] ?? 0;
  const lastRow = (rows.first[crop - 1] ?? 0) + (rows.count[crop - 1] ?? 0);
  const height = lastRow - firstRow;
  const pitch = picture.width * 3;
  const source = picture.data.subarray(firstRow * pitch, lastRow * pitch);
  const narrow = new Uint8Array(height * crop * 3);
  const data = new Uint8Array(crop * crop * 3);
  const horizontal = { along: 3, across: crop * 3 };
  const vertical = { along: crop * 3, across: 3 };
  pass(
    { data: source, along: 3, across: pitch },
    { data: narrow, ...horizontal },
    columns,
    height,
    0,
  );
  pass({ data: narrow, ...vertical }, { data, ...vertical }, rows, crop, firstRow);
  return { width: crop, height: crop, data };
}
