/** Whether this very device computes what it should. */
import type { Precision } from './backend.ts';
import { EngineError } from '../threads/errors.ts';
import type { Parity } from './types.ts';

/**
 * Side in pixels of the input that the device and the plain loops both compute: the smallest whose
 * last map still has more than one column, so that every kind of program runs as it does on a
 * picture. Its widths (17, 9, 5, 3, 2) leave a ragged edge at every layer.
 */
export const CHECK_SIDE = 33;

/** Waves of another length in each channel, in the range of a normalised picture. */
export function checkInput(): Float32Array {
  return Float32Array.from({ length: CHECK_SIDE * CHECK_SIDE * 3 }, (_, i) => {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)];
    const [x, y] = [pixel % CHECK_SIDE, Math.floor(pixel / CHECK_SIDE)];
    return 2 * Math.sin(x / Math.SQRT2 + (y * (channel + 1)) / Math.sqrt(7) + channel);
  });
}

/**
 * How far a right device may be off. In float32 only the order of sums differs, some millionths of
 * the largest logit; whatever is off by a hundred times more computes something else. Half floats
 * keep eleven bits of each map, which adds up to a thousandth over the layers of any of the twelve; a
 * GPU that rounds less well may reach some times that.
 */
const LOGITS_LIMIT: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 2e-2 };
/** The same for probabilities: those of logits around ten move by at most a quarter of that. */
const PROBABILITIES_LIMIT: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 5e-2 };

/**
 * Probabilities beside stored ones; `tolerance` is what the stored ones differ by themselves, since
 * the file keeps the weights with fewer digits.
 */
export function parityWithPyTorch(
  actual: Float32Array,
  { probabilities, tolerance }: { probabilities: readonly number[]; tolerance: number },
  precision: Precision,
): Parity {
  const difference = largestDifference(actual, probabilities);
  const limit = PROBABILITIES_LIMIT[precision] + tolerance;
  return { reference: 'pytorch', difference, tolerance, limit };
}

/** Logits beside those of plain loops, relative to the largest of them. */
export function parityWithCpu(
  actual: Float32Array,
  expected: Float32Array,
  precision: Precision,
): Parity {
  const magnitude = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const difference = largestDifference(actual, expected) / magnitude;
  return { reference: 'cpu', difference, tolerance: 0, limit: LOGITS_LIMIT[precision] };
}

/** NaN when any of them is, and infinite when they are not as many. */
function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < actual.length; i++)
    largest = Math.max(largest, Math.abs((actual[i] ?? NaN) - (expected[i] ?? NaN)));
  return largest;
}

/** An EngineError with code `mismatch` when the difference is more than it may be, else null. */
export function refusalOf({ reference, difference, limit }: Parity): EngineError | null {
  // A difference that is no number is none that may be.
  if (difference <= limit) return null;
  const whose = reference === 'pytorch' ? 'PyTorch’s' : 'those of a plain computation';
  const off = Number.isFinite(difference) ? `by ${difference.toPrecision(1)}` : 'altogether';
  return new EngineError(
    'mismatch',
    `This network comes out wrong on this device: the numbers are off from ${whose} ${off}, where ` +
      `${limit.toPrecision(1)} may be. Nothing is predicted this way; choose another way to compute below.`,
  );
}
