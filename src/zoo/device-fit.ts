/** How time on one device depends on costs: a sum of three terms, fitted to what was measured. */
import { complexityOf, type Layer } from '../regnet/index.ts';

/** What a network's time is made of. */
export interface TimeCosts {
  /** Activations, multiply-adds and layers of one picture. */
  readonly acts: number;
  readonly flops: number;
  readonly layers: number;
}

/** A network's costs and its measured time. */
export interface TimeSample extends TimeCosts {
  readonly ms: number;
}

/** Milliseconds of one activation, one multiply-add and one layer; none is negative. */
export interface TimeFit extends TimeCosts {
  /** How many networks it was fitted to. */
  readonly samples: number;
  /** The mean and the largest error of these, as fractions of the measured times. */
  readonly mean: number;
  readonly worst: number;
  /** The mean error for a network that the fit has not seen; null with too few to leave one out. */
  readonly unseen: number | null;
}

const TERMS = ['acts', 'flops', 'layers'] as const satisfies readonly (keyof TimeCosts)[];
type Rates = readonly number[];

/** The costs of a layer list, of which time is thought to be a sum. */
export function timeCosts(layers: readonly Layer[]): TimeCosts {
  const { acts, flops } = complexityOf(layers);
  return { acts, flops, layers: layers.length };
}

/** Milliseconds that the fit gives a network. */
export function predictedMs(fit: TimeCosts, costs: TimeCosts): number {
  return TERMS.reduce((sum, term) => sum + fit[term] * costs[term], 0);
}

/**
 * Time as a·activations + b·multiply-adds + c·layers with the least squares of relative errors and no
 * rate below zero (Lawson and Hanson's problem NNLS; with three terms every set of them is tried).
 * Null below as many measurements as there are terms.
 */
export function fitTimes(samples: readonly TimeSample[]): TimeFit | null {
  const rates = ratesOf(samples);
  if (!rates) return null;
  const errors = samples.map((sample) => errorOf(rates, sample));
  const unseen = samples.flatMap((sample, i) => {
    const others = ratesOf(samples.filter((_, k) => k !== i));
    return others ? [errorOf(others, sample)] : [];
  });
  const [acts = 0, flops = 0, layers = 0] = rates;
  return {
    ...{ acts, flops, layers },
    samples: samples.length,
    mean: mean(errors),
    worst: Math.max(...errors),
    unseen: unseen.length === samples.length ? mean(unseen) : null,
  };
}

function ratesOf(samples: readonly TimeSample[]): Rates | null {
  if (samples.length < TERMS.length) return null;
  // Relative errors: each row is divided by its time, and each column by its largest entry.
  const rows = samples.map((sample) => TERMS.map((term) => sample[term] / sample.ms));
  const scale = TERMS.map((_, k) => Math.max(...rows.map((row) => row[k] ?? 0)));
  const scaled = rows.map((row) => row.map((value, k) => value / (scale[k] ?? 1)));
  let best: { readonly rates: Rates; readonly loss: number } | null = null;
  for (let set = 1; set < 2 ** TERMS.length; set++) {
    const chosen = TERMS.flatMap((_, k) => (set & (1 << k) ? [k] : []));
    const found = leastSquares(scaled, chosen);
    if (!found?.every((rate) => rate >= 0)) continue;
    const loss = scaled.reduce((sum, row) => sum + (dot(row, found) - 1) ** 2, 0);
    if (!best || loss < best.loss) best = { rates: found, loss };
  }
  return best?.rates.map((rate, k) => rate / (scale[k] ?? 1)) ?? null;
}

/** The rates of the chosen terms with which every row is nearest to 1; zero for the others. */
function leastSquares(rows: readonly Rates[], chosen: readonly number[]): number[] | null {
  const at = (row: Rates, k: number) => row[k] ?? 0;
  const system = chosen.map((k) => [
    ...chosen.map((l) => rows.reduce((sum, row) => sum + at(row, k) * at(row, l), 0)),
    rows.reduce((sum, row) => sum + at(row, k), 0),
  ]);
  const solution = solve(system);
  return (
    solution && TERMS.map((_, k) => (chosen.includes(k) ? (solution[chosen.indexOf(k)] ?? 0) : 0))
  );
}

/** Gauss's elimination with the largest pivot; null where the terms cannot be told apart. */
function solve(system: readonly (readonly number[])[]): number[] | null {
  const rows = system.map((row) => [...row]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    const below = rows.slice(k);
    const pivot = below.reduce((a, b) => (Math.abs(b[k] ?? 0) > Math.abs(a[k] ?? 0) ? b : a));
    const head = pivot[k] ?? 0;
    if (Math.abs(head) < 1e-12) return null;
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(
      0,
      rows.length,
      ...rows.slice(0, k),
      pivot,
      ...rows.slice(k).map((row) => {
        const factor = (row[k] ?? 0) / head;
        return row.map((value, i) => value - factor * (pivot[i] ?? 0));
      }),
    );
  }
  const solution = new Array<number>(size).fill(0);
  for (let k = size - 1; k >= 0; k--) {
    const row = rows[k] ?? [];
    const known = solution.reduce(
      (sum, value, i) => (i > k ? sum + value * (row[i] ?? 0) : sum),
      0,
    );
    solution[k] = ((row[size] ?? 0) - known) / (row[k] ?? 1);
  }
  return solution;
}

function errorOf(rates: Rates, sample: TimeSample): number {
  const predicted = TERMS.reduce((sum, term, k) => sum + (rates[k] ?? 0) * sample[term], 0);
  return Math.abs(predicted / sample.ms - 1);
}

function dot(row: Rates, rates: Rates): number {
  return row.reduce((sum, value, i) => sum + value * (rates[i] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
