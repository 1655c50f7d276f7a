/** What counted pictures tell: intervals, paired tests, calibration, classes and confusions. */
import type { Answer, Counts } from './types.ts';

/** Two-sided 95% quantile of the normal distribution. */
const Z_95 = 1.959963984540054;

/** From one end to the other, both included. */
export type Interval = readonly [low: number, high: number];

/** Whether the truth is the most probable class. */
export function isRight({ truth, top5 }: Pick<Answer, 'truth' | 'top5'>): boolean {
  return top5[0] === truth;
}

/** How many answers are right, at once or among five. */
export function countsOf(answers: Iterable<Pick<Answer, 'truth' | 'top5'>>): Counts {
  let [count, top1, top5] = [0, 0, 0];
  for (const answer of answers) {
    count++;
    if (isRight(answer)) top1++;
    if (answer.top5.includes(answer.truth)) top5++;
  }
  return { count, top1, top5 };
}

/**
 * Wilson's 95% score interval of a share, 0 to 1 (E. B. Wilson, JASA 22, 1927): keeps its level for
 * few pictures and near 0 and 1. For nothing counted it is all there is.
 */
export function wilson95(hits: number, count: number): Interval {
  if (count === 0) return [0, 1];
  const share = hits / count;
  const z2 = Z_95 ** 2 / count;
  const centre = share + z2 / 2;
  const half = Z_95 * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count));
  const low = hits === 0 ? 0 : (centre - half) / (1 + z2);
  const high = hits === count ? 1 : (centre + half) / (1 + z2);
  return [low, high];
}

/** Two networks on the same pictures: how many are right in which of them. */
export interface Paired {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** Counts pairs; each says whether the first and the second network are right. */
export function pairedOf(pairs: Iterable<readonly [first: boolean, second: boolean]>): Paired {
  const paired = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  for (const [first, second] of pairs)
    paired[first ? (second ? 'both' : 'onlyFirst') : second ? 'onlySecond' : 'neither']++;
  return paired;
}

/**
 * McNemar's exact test, two-sided: how probable a split of the pictures on which exactly one network
 * is right as uneven as this is, or more, if either were equally likely to be right (Q. McNemar,
 * Psychometrika 12, 1947; the binomial, without mid-p).
 */
export function mcnemarExact({ onlyFirst, onlySecond }: Paired): number {
  const trials = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // The tail's largest term is its last; each before it is a known share of the next.
  let logTerm = -trials * Math.LN2;
  for (let k = 1; k <= fewer; k++) logTerm += Math.log((trials - k + 1) / k);
  let [relative, sum] = [1, 0];
  for (let k = fewer; k >= 0 && relative > 0; k--) {
    sum += relative;
    relative *= k / (trials - k + 1);
  }
  return Math.min(1, 2 * Math.exp(logTerm) * sum);
}

/**
 * Tango's 95% score interval of the difference first - second of two shares measured on the same
 * pictures, -1 to 1 (T. Tango, Statistics in Medicine 17, 1998): the differences that the score test,
 * McNemar's generalised, would not reject.
 */
export function pairedDifference95(paired: Paired): Interval {
  const { both, onlyFirst, onlySecond, neither } = paired;
  const count = both + onlyFirst + onlySecond + neither;
  if (count === 0) return [-1, 1];
  const difference = (onlyFirst - onlySecond) / count;
  const limit = (end: -1 | 1): number => {
    let [inside, outside] = [difference, end as number];
    // The score falls as the difference that is assumed grows.
    for (let step = 0; step < BISECTIONS; step++) {
      const middle = (inside + outside) / 2;
      if (Math.abs(tangoScore(paired, count, middle)) < Z_95) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return [limit(-1), limit(1)];
}

/** Halves the interval's ends to what a float64 can tell. */
const BISECTIONS = 52;

/**
 * How many standard deviations the difference that was seen is from an assumed one, under the most
 * likely shares that have the latter: the larger root of Tango's quadratic equation.
 */
function tangoScore({ onlyFirst, onlySecond }: Paired, count: number, assumed: number): number {
  const b = -onlyFirst - onlySecond + (2 * count - onlyFirst + onlySecond) * assumed;
  const c = -onlySecond * assumed * (1 - assumed);
  const share = (Math.sqrt(Math.max(0, b * b - 8 * count * c)) - b) / (4 * count);
  const variance = count * Math.max(0, 2 * share + assumed * (1 - assumed));
  const seen = onlyFirst - onlySecond - count * assumed;
  return seen === 0 ? 0 : seen / Math.sqrt(variance);
}

/** A bin of a reliability diagram: answers whose confidence is above `from`, up to `to`. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability of the first class, and how often that is right; null for an empty bin. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: the bins' gaps, weighted by their counts; 0 to 1. */
  readonly ece: number;
}

/** As in C. Guo et al., “On Calibration of Modern Neural Networks”, ICML 2017. */
export const RELIABILITY_BINS = 15;

/** Whether confidence and accuracy agree, in bins of equal width. */
export function calibrationOf(
  answers: Iterable<Answer>,
  bins: number = RELIABILITY_BINS,
): Calibration {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
  let count = 0;
  for (const answer of answers) {
    const confidence = answer.probabilities[0] ?? 0;
    const sum = sums[Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1))];
    if (!sum) continue;
    count++;
    sum.count++;
    sum.confidence += confidence;
    if (isRight(answer)) sum.right++;
  }
  const ece = sums.reduce((gaps, sum) => gaps + Math.abs(sum.confidence - sum.right), 0) / count;
  return {
    bins: sums.map((sum, i) => ({
      from: i / bins,
      to: (i + 1) / bins,
      count: sum.count,
      confidence: sum.count === 0 ? null : sum.confidence / sum.count,
      accuracy: sum.count === 0 ? null : sum.right / sum.count,
    })),
    ece: count === 0 ? 0 : ece,
  };
}

/** Counts by true class. */
export function perClass(answers: Iterable<Answer>): Map<number, Counts> {
  const classes = new Map<number, Answer[]>();
  for (const answer of answers) {
    const own = classes.get(answer.truth);
    if (own) own.push(answer);
    else classes.set(answer.truth, [answer]);
  }
  return new Map([...classes].map(([truth, own]) => [truth, countsOf(own)]));
}

/** How often pictures of one class were taken for another. */
export interface Confusion {
  readonly truth: number;
  readonly taken: number;
  readonly count: number;
}

/** All confusions, the most frequent first. */
export function confusionsOf(answers: Iterable<Answer>): Confusion[] {
  const found = new Map<string, { truth: number; taken: number; count: number }>();
  for (const { truth, top5 } of answers) {
    const [taken = truth] = top5;
    if (taken === truth) continue;
    const key = `${truth} ${taken}`;
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { truth, taken, count: 1 });
  }
  return [...found.values()].sort(
    (a, b) => b.count - a.count || a.truth - b.truth || a.taken - b.taken,
  );
}

/** The answers that are wrong with the greatest confidence, the surest first. */
export function worstMistakes(answers: Iterable<Answer>, most: number): Answer[] {
  return [...answers]
    .filter((answer) => !isRight(answer))
    .sort((a, b) => (b.probabilities[0] ?? 0) - (a.probabilities[0] ?? 0))
    .slice(0, most);
}
