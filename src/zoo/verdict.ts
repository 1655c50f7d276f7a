import { accuracyOf } from './accuracy.ts';

/** Pictures in ImageNet-1k's validation set. */
export const VALIDATION_PICTURES = 50_000;
/** Two-sided 95% quantile of the normal distribution. */
export const Z_95 = 1.959964;

/** How two accuracies compare. All numbers in percent or percentage points. */
export interface Verdict {
  /** ours - official, from the exact official error. */
  readonly difference: number;
  /** Half-width of the 95% band of the difference of two independent samples. */
  readonly band: number;
  readonly outside: boolean;
  /** The verdict as a sentence. */
  readonly words: string;
  /** What follows from it, as a sentence. */
  readonly meaning: string;
}

/**
 * Half-width in percentage points of the 95% band for the difference of two accuracies (percent),
 * each measured on its own sample of `pictures`: the normal approximation of two binomials. Both
 * networks saw the same pictures, so their errors are correlated and the true band is narrower:
 * this one errs on the side of "no difference".
 */
export function band95(first: number, second: number, pictures: number): number {
  const variance = [first, second]
    .map((percent) => percent / 100)
    .reduce((sum, p) => sum + (p * (1 - p)) / pictures, 0);
  return 100 * Z_95 * Math.sqrt(variance);
}

/** Half-width in percentage points of the 95% interval of one accuracy (percent), likewise. */
export function interval95(accuracy: number, pictures: number = VALIDATION_PICTURES): number {
  return band95(accuracy, accuracy, pictures) / Math.SQRT2;
}

/** Compares two accuracies in percent, each measured on `pictures` pictures. */
export function compare(
  ours: number,
  official: number,
  pictures: number = VALIDATION_PICTURES,
): Verdict {
  const difference = ours - official;
  const band = band95(ours, official, pictures);
  const outside = Math.abs(difference) > band;
  const side = difference < 0 ? 'below' : 'above';
  const words = `Ours is ${Math.abs(difference).toFixed(2)} points ${side} the official model, ${
    outside ? 'more than' : 'within'
  } the ±${band.toFixed(2)} that chance alone explains.`;
  const meaning = outside
    ? 'Two equally good networks would differ this much in fewer than 5 of 100 pairs of test sets.'
    : 'The two cannot be told apart by this measurement.';
  return { difference, band, outside, words, meaning };
}

/** Our accuracy against the official one for a variant. */
export function verdictOf(model: string): Verdict {
  const { ours, official } = accuracyOf(model);
  return compare(ours, official);
}
