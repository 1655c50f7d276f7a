/** How the published times of the twelve depend on their costs. */
import { networkOf, type Complexity, type Cost } from '../regnet/index.ts';
import { models, type Model } from './models.ts';
import type { Citation } from './results.ts';
import { v100Time } from './v100.ts';

/** A variant's costs at 224 px and its published time. */
export interface Timed {
  readonly model: Model;
  readonly complexity: Complexity;
  /** pycls's forward time on a V100. */
  readonly citation: Citation;
  /** The same for 64 pictures, in milliseconds. */
  readonly ms: number;
}

/** The twelve, the smallest first. */
export function timedVariants(): Timed[] {
  return models.map((model) => {
    const { complexity } = networkOf(model.design);
    const { citation, ms } = v100Time(model.id);
    return { model, complexity, citation, ms };
  });
}

/** Pearson's correlation coefficient of two lists of equal length. */
export function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [centred(xs), centred(ys)];
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

/** The correlation of a cost with the published time over the twelve. */
export function correlationWith(cost: Cost, timed: readonly Timed[] = timedVariants()): number {
  return correlation(
    timed.map(({ complexity }) => complexity[cost]),
    timed.map(({ ms }) => ms),
  );
}

/** By what factor the time for one unit of a cost differs between two of the twelve, at most. */
export function rateSpread(cost: Cost, timed: readonly Timed[] = timedVariants()): number {
  const rates = timed.map(({ complexity, ms }) => ms / complexity[cost]);
  return Math.max(...rates) / Math.min(...rates);
}

/** Time as a sum of two terms: milliseconds for one multiply-add and for one activation. */
export interface TwoTerms {
  readonly flops: number;
  readonly acts: number;
  /** The largest error of the twelve, as a fraction of the published time. */
  readonly worst: number;
}

/** The two terms that make the squares of the relative errors least. */
export function twoTerms(timed: readonly Timed[] = timedVariants()): TwoTerms {
  const x = timed.map(({ complexity, ms }) => complexity.flops / ms);
  const y = timed.map(({ complexity, ms }) => complexity.acts / ms);
  const ones = timed.map(() => 1);
  const determinant = dot(x, x) * dot(y, y) - dot(x, y) ** 2;
  const flops = (dot(x, ones) * dot(y, y) - dot(y, ones) * dot(x, y)) / determinant;
  const acts = (dot(y, ones) * dot(x, x) - dot(x, ones) * dot(x, y)) / determinant;
  const errors = timed.map((_, i) => Math.abs(flops * (x[i] ?? 0) + acts * (y[i] ?? 0) - 1));
  return { flops, acts, worst: Math.max(...errors) };
}

/** The slope of one cost over another on logarithmic scales: the exponent of a power law. */
export function exponentOf(cost: Cost, over: Cost, timed: readonly Timed[] = timedVariants()) {
  const logs = (c: Cost) => centred(timed.map(({ complexity }) => Math.log(complexity[c])));
  const [x, y] = [logs(over), logs(cost)];
  return dot(x, y) / dot(x, x);
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(xs: readonly number[], ys: readonly number[]): number {
  return xs.reduce((sum, x, i) => sum + x * (ys[i] ?? 0), 0);
}
