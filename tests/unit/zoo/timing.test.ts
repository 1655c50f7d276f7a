import { describe, expect, it } from 'vitest';
import { COSTS } from '../../../src/regnet/index.ts';
import { citation } from '../../../src/zoo/results.ts';
import { pycls } from '../../../src/zoo/sources.ts';
import {
  correlation,
  correlationWith,
  exponentOf,
  rateSpread,
  timedVariants,
  twoTerms,
  type Timed,
} from '../../../src/zoo/timing.ts';

const timed = timedVariants();

describe('correlation', () => {
  it('is 1, -1 and 0 where it must be', () => {
    expect(correlation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(correlation([-1, 0, 1], [1, 0, 1])).toBeCloseTo(0, 12);
  });

  it('agrees with a worked example', () => {
    // Anscombe's first quartet (The American Statistician, 1973).
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(correlation(x, y)).toBeCloseTo(0.816, 3);
  });
});

describe('the published times of the twelve', () => {
  it('are those of pycls, for 64 pictures: rounded, those of its table', () => {
    for (const { model, ms } of timed)
      expect(Math.round(ms)).toBe(citation(pycls, model.id, 'infer_ms').figure.value);
    // 0.0165 s for 100 pictures, 0.1316 s for 25.
    expect(timed.at(0)?.ms).toBeCloseTo(10.56, 10);
    expect(timed.at(-1)?.ms).toBeCloseTo(336.896, 10);
  });

  it('rise with every cost, most evenly with multiply-adds: as the guide says', () => {
    const [flops, params, acts] = COSTS.map((cost) => correlationWith(cost));
    expect(flops).toBeCloseTo(0.9962, 4);
    expect(params).toBeCloseTo(0.9944, 4);
    expect(acts).toBeCloseTo(0.9762, 4);
  });

  it('keep closer to a rate of activations than to one of multiply-adds', () => {
    expect(rateSpread('acts')).toBeLessThan(rateSpread('flops') / 2);
  });

  it('grow with activations that grow about as the root of multiply-adds', () => {
    expect(exponentOf('acts', 'flops')).toBeCloseTo(0.55, 2);
    expect(exponentOf('flops', 'flops')).toBeCloseTo(1, 12);
  });
});

describe('time as two terms', () => {
  it('finds the terms that times were made of', () => {
    const made = timed.map((own): Timed => {
      const { flops, acts } = own.complexity;
      return { ...own, ms: 5e-9 * flops + 4e-6 * acts };
    });
    const terms = twoTerms(made);
    expect(terms.flops).toBeCloseTo(5e-9, 15);
    expect(terms.acts).toBeCloseTo(4e-6, 12);
    expect(terms.worst).toBeLessThan(1e-9);
  });

  it('is no worse than any pair of terms nearby', () => {
    const best = twoTerms(timed);
    const squares = (flops: number, acts: number) =>
      timed.reduce((sum, { complexity: c, ms }) => {
        return sum + ((flops * c.flops + acts * c.acts) / ms - 1) ** 2;
      }, 0);
    const least = squares(best.flops, best.acts);
    for (const [f, a] of [
      [1.02, 1],
      [0.98, 1],
      [1, 1.02],
      [1, 0.98],
    ] as const)
      expect(squares(best.flops * f, best.acts * a)).toBeGreaterThan(least);
    expect(best.worst).toBeLessThan(0.15);
  });
});
