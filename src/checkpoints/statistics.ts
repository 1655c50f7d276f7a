import { toFloat32, type Tensor } from './tensor.ts';

/** How many of a tensor's finite values lie in each of equally wide bins from `min` to `max`. */
export interface TensorStatistics {
  readonly elements: number;
  /** Values that are NaN or infinite; they count in nothing else. */
  readonly nonFinite: number;
  /** Of the finite values; null where there are none. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Standard deviation, of the whole population. */
  readonly deviation: number | null;
  /** Empty where nothing is finite, one bin where all values are equal. */
  readonly counts: Uint32Array;
}

/** Bins between these: enough for the shape of a distribution, few enough to be drawn in a table. */
const LEAST_BINS = 8;
export const MOST_BINS = 48;

/** Rice's rule, 2 ∛n, within bounds: few values in many bins would look like a bar code. */
function binsFor(values: number): number {
  return Math.min(MOST_BINS, Math.max(LEAST_BINS, Math.ceil(2 * Math.cbrt(values))));
}

/**
 * Range, mean and histogram of a checked tensor, in two passes over its values. Strides do not
 * matter: each element counts once.
 */
export function statisticsOf(tensor: Tensor): TensorStatistics {
  const values = toFloat32(tensor);
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let finite = 0;
  for (const value of values) {
    // Infinity minus itself is NaN.
    if (value - value !== 0) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    finite++;
  }
  const elements = values.length;
  const nonFinite = elements - finite;
  if (finite === 0) {
    const nothing = { min: null, max: null, mean: null, deviation: null };
    return { elements, nonFinite, ...nothing, counts: new Uint32Array(0) };
  }
  const mean = sum / finite;
  const counts = new Uint32Array(min === max ? 1 : binsFor(finite));
  const last = counts.length - 1;
  const perUnit = min === max ? 0 : counts.length / (max - min);
  let squares = 0;
  for (const value of values) {
    if (value - value !== 0) continue;
    squares += (value - mean) ** 2;
    const bin = Math.min(last, Math.floor((value - min) * perUnit));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { elements, nonFinite, min, max, mean, deviation: Math.sqrt(squares / finite), counts };
}
