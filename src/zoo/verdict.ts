/**
 * What a difference of two accuracies means: three kinds of chance, their arithmetic, and the
 * sentences that say it. Numbers are percent and percentage points, bands half-widths at 95%.
 */
import { accuracyOf, deviationOf } from './accuracy.ts';
import { formatInteger } from './integers.ts';

/** Pictures in ImageNet-1k's validation set. */
export const VALIDATION_PICTURES = 50_000;
/** Two-sided 95% quantile of the normal distribution. */
export const Z_95 = 1.959964;

/** How two accuracies compare. */
export interface Verdict {
  /** ours - official, from the exact official error. */
  readonly difference: number;
  /** The choice of pictures: two independent samples. */
  readonly band: number;
  /** Whether the difference is more than the choice of pictures explains. */
  readonly outside: boolean;
  /** The luck of two trainings by one recipe; null where no deviation is published. */
  readonly training: number | null;
  /** Pictures and training together; the former alone where the latter is not known. */
  readonly both: number;
  /** Whether the difference is more than both together explain. */
  readonly outsideBoth: boolean;
  /** The verdict as a sentence. */
  readonly words: string;
  /** What follows from it, as a sentence. */
  readonly meaning: string;
  /** The three kinds of chance, a sentence each: pictures, training, the same pictures for both. */
  readonly chances: readonly string[];
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

/**
 * Half-width of the 95% band for the difference of two trainings by one recipe whose accuracies
 * scatter with this standard deviation: two independent draws, hence the root of two. The paper
 * estimates the deviation from five runs.
 */
export function trainingBand95(deviation: number): number {
  return Z_95 * Math.SQRT2 * deviation;
}

/** Half-width of the band of independent kinds of chance together: their variances add. */
export function together(...bands: readonly number[]): number {
  return Math.hypot(...bands);
}

/** The share of pictures on which exactly one of two networks is right if they err independently. */
export function independentDisagreement(first: number, second: number): number {
  const [p, q] = [first / 100, second / 100];
  return p * (1 - q) + q * (1 - p);
}

/**
 * Half-width in percentage points of the 95% band for the difference of two accuracies (percent)
 * measured on the same `pictures`, when exactly one of the networks is right on a share
 * `disagreement` (0 to 1) of them. A picture adds -1, 0 or 1 to the difference d, so its variance is
 * (disagreement - d²) / pictures; at `independentDisagreement` this is `band95`.
 */
export function pairedBand95(
  first: number,
  second: number,
  disagreement: number,
  pictures: number = VALIDATION_PICTURES,
): number {
  const squared = ((first - second) / 100) ** 2;
  const independent = independentDisagreement(first, second) - squared;
  const share = Math.max(0, disagreement - squared) / independent;
  return band95(first, second, pictures) * Math.sqrt(share);
}

/** The share of disagreement below which the difference leaves the paired band. */
export function decisiveDisagreement(
  first: number,
  second: number,
  pictures: number = VALIDATION_PICTURES,
): number {
  const difference = first - second;
  const squared = (difference / 100) ** 2;
  const independent = independentDisagreement(first, second) - squared;
  return independent * (difference / band95(first, second, pictures)) ** 2 + squared;
}

/** Compares two accuracies in percent, with the deviation of such trainings where it is known. */
export function compare(
  ours: number,
  official: number,
  {
    deviation = null,
    pictures = VALIDATION_PICTURES,
  }: { readonly deviation?: number | null; readonly pictures?: number } = {},
): Verdict {
  const difference = ours - official;
  const band = band95(ours, official, pictures);
  const outside = Math.abs(difference) > band;
  const training = deviation === null ? null : trainingBand95(deviation);
  const both = together(band, training ?? 0);
  const words = `d-li14’s is ${apart(difference)} the official model, ${
    outside ? 'more than' : 'within'
  } the ±${band.toFixed(2)} that the choice of pictures explains.`;
  const meaning = outside
    ? 'Two equally good networks would differ this much in fewer than 5 of 100 pairs of test sets.'
    : 'The two cannot be told apart by this measurement.';
  const verdict = { difference, band, outside, training, both, words, meaning };
  const outsideBoth = Math.abs(difference) > both;
  const decisive = decisiveDisagreement(ours, official, pictures);
  return {
    ...verdict,
    outsideBoth,
    chances: [
      `The pictures: another ${formatInteger(pictures)} would move the difference by up to ±${band.toFixed(2)} in 95 of 100 cases.`,
      ...(deviation === null ? [] : [lucky({ ...verdict, outsideBoth }, deviation)]),
      samePictures(outside, decisive, independentDisagreement(ours, official)),
    ],
  };
}

/** A difference in words: `0.70 points below`, `as accurate as` where two decimals tell nothing. */
function apart(difference: number): string {
  const size = Math.abs(difference).toFixed(2);
  if (Number(size) === 0) return 'as accurate, to two decimals, as';
  return `${size} points ${difference < 0 ? 'below' : 'above'}`;
}

function lucky(
  { band, training, both, outsideBoth }: Omit<Verdict, 'words' | 'meaning' | 'chances'>,
  deviation: number,
): string {
  const luck = training ?? 0;
  const beside = luck >= band ? `, as much as the pictures’ ±${band.toFixed(2)}` : '';
  return `The training: the paper’s five runs have a standard deviation of ${deviation.toFixed(2)}, so two trainings by its recipe differ by up to ±${luck.toFixed(2)}${beside}. Both together make ±${both.toFixed(2)}, and the difference is ${outsideBoth ? 'outside' : 'within'}.`;
}

/** What it means that the bands suppose two samples, while both networks saw the same pictures. */
function samePictures(outside: boolean, decisive: number, independent: number): string {
  const percent = (share: number) => `${(100 * share).toFixed(share < 0.02 ? 1 : 0)}%`;
  const wide =
    'The same pictures: both networks saw them, so their errors coincide and the band of the pictures is too wide.';
  if (outside) return `${wide} A narrower one changes nothing here: the difference is outside.`;
  return `${wide} If exactly one of the two is right on fewer than ${percent(decisive)} of them, instead of the ${percent(independent)} of independent errors, the difference is outside.`;
}

/** Our accuracy against the official one for a variant. */
export function verdictOf(model: string): Verdict {
  const { ours, official } = accuracyOf(model);
  return compare(ours, official, { deviation: deviationOf(model) });
}
