/**
 * When a recount may be decided. An interval made for one look is wrong more often the more often one
 * looks; a confidence sequence holds its level at all looks together, so that anybody may watch and
 * stop at any time.
 *
 * Both sequences here are prior-posterior-ratio martingales with a uniform prior (I. Waudby-Smith and
 * A. Ramdas, “Confidence sequences for sampling without replacement”, NeurIPS 2020): what is assumed
 * is excluded once its posterior has fallen below `alpha` times its prior, which by Ville's
 * inequality happens to the truth with a probability of `alpha` at most, ever. They hold if the
 * pictures come in random order (see `shuffled`):
 *
 * - `population` given: the pictures are drawn from so many without replacement, and the sequence is
 *   about the accuracy on all of them. When all are counted it is that accuracy, nothing else.
 * - `population` null: the pictures are a sample of endlessly many, and the sequence is about those.
 */

export type Decision = 'agrees' | 'differs' | 'early';

export interface SequentialOptions {
  /** The figure that is checked, 0 to 1. */
  readonly published: number;
  /** Up to which difference accuracies agree, 0 to 1. */
  readonly margin?: number;
  /** How many pictures there are in all; null for a sample of endlessly many. */
  readonly population: number | null;
  /** The probability with which a decision may be wrong. */
  readonly alpha?: number;
}

/**
 * Half a percentage point: what decoders, filters and the rounding of printed figures were seen to
 * move accuracies by (compare the same weights measured twice on the accuracy page).
 */
export const MARGIN = 0.005;
/** One in twenty. */
export const ALPHA = 0.05;

/** What stands after so many pictures. */
export interface SequentialState {
  readonly count: number;
  readonly hits: number;
  readonly decision: Decision;
  /** After how many pictures the decision fell; null as long as it is too early. */
  readonly decidedAfter: number | null;
}

export const NOTHING_SEEN: SequentialState = {
  count: 0,
  hits: 0,
  decision: 'early',
  decidedAfter: null,
};

/**
 * One picture more. The first decision stands: `agrees` when the confidence sequence lies within the
 * margin around the published figure, `differs` when it lies outside of it altogether.
 */
export function observe(
  { count, hits, decision, decidedAfter }: SequentialState,
  hit: boolean,
  options: SequentialOptions,
): SequentialState {
  const next = { count: count + 1, hits: hits + (hit ? 1 : 0) };
  if (decision !== 'early') return { ...next, decision, decidedAfter };
  const now = decisionAt(next, options);
  return { ...next, decision: now, decidedAfter: now === 'early' ? null : next.count };
}

/** What the sequence says at this look alone. */
export function decisionAt(
  { count, hits }: Pick<SequentialState, 'count' | 'hits'>,
  { published, margin = MARGIN, population, alpha = ALPHA }: SequentialOptions,
): Decision {
  // The sequence is an interval, so its ends are compared with the margin's.
  const { low, high } = confidenceAt(count, hits, { population, alpha });
  const [least, most] = [published - margin - ROUNDING, published + margin + ROUNDING];
  if (low >= least && high <= most) return 'agrees';
  return high < least || low > most ? 'differs' : 'early';
}

/** What float64 leaves of a share like 0.505 - 0.5. */
const ROUNDING = 1e-12;

/**
 * The accuracies, 0 to 1, that are not excluded after `count` pictures with `hits` right. Throws a
 * RangeError for more pictures than there are.
 */
export function confidenceAt(
  count: number,
  hits: number,
  { population, alpha = ALPHA }: Pick<SequentialOptions, 'population' | 'alpha'>,
): { readonly low: number; readonly high: number } {
  if (population === null) return ofEndless(count, hits, alpha);
  if (count > population)
    throw new RangeError(`A count of ${count} is more than the ${population} that there are.`);
  return ofFinite(count, hits, population, alpha);
}

function ofEndless(count: number, hits: number, alpha: number) {
  if (count === 0) return { low: 0, high: 1 };
  // The posterior is Beta(hits + 1, misses + 1), the prior 1 everywhere.
  const misses = count - hits;
  const constant = logBeta(hits + 1, misses + 1) + Math.log(alpha);
  const stays = (p: number): boolean =>
    (hits === 0 ? 0 : hits * Math.log(p)) + (misses === 0 ? 0 : misses * Math.log1p(-p)) >=
    constant;
  const mode = hits / count;
  const end = (outside: number): number => {
    if (stays(outside)) return outside;
    let [inside, beyond] = [mode, outside];
    for (let step = 0; step < 50; step++) {
      const middle = (inside + beyond) / 2;
      if (stays(middle)) inside = middle;
      else beyond = middle;
    }
    return inside;
  };
  return { low: end(0), high: end(1) };
}

function ofFinite(count: number, hits: number, population: number, alpha: number) {
  const left = population - count;
  const misses = count - hits;
  // The posterior of K right in all: K - hits of the rest, beta-binomial; the prior 1 / (N + 1).
  const constant = logBeta(hits + 1, misses + 1) + Math.log(alpha) - Math.log(population + 1);
  const logPosterior = (right: number): number =>
    logChoose(left, right - hits) + logBeta(right + 1, population - right + 1);
  const stays = (right: number): boolean => logPosterior(right) >= constant - 1e-9;
  const mode = hits + Math.min(left, Math.floor(((left + 1) * hits) / Math.max(1, count)));
  const end = (outside: number): number => {
    if (stays(outside)) return outside;
    let [inside, beyond] = [mode, outside];
    while (Math.abs(beyond - inside) > 1) {
      const middle = Math.round((inside + beyond) / 2);
      if (stays(middle)) inside = middle;
      else beyond = middle;
    }
    return inside;
  };
  return { low: end(hits) / population, high: end(hits + left) / population };
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/**
 * The logarithm of the gamma function for x >= 1: Stirling's series (Abramowitz and Stegun 6.1.41)
 * from 8 on, where its error is below 1e-11, and the recurrence down to it.
 */
function logGamma(x: number): number {
  if (x < 8) return logGamma(x + 1) - Math.log(x);
  const inverse = 1 / (x * x);
  const series =
    1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)));
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series / x;
}
