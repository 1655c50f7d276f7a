import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../src/zoo/accuracy.ts';
import { models } from '../../../src/zoo/models.ts';
import { band95, compare, verdictOf } from '../../../src/zoo/verdict.ts';

describe('band95', () => {
  it('agrees with a worked example', () => {
    // Two accuracies of 50% on 50,000 pictures: sqrt(2 * 0.25 / 50000) = 0.316228 points.
    expect(band95(50, 50, 50_000)).toBeCloseTo(1.959964 * 0.316228, 4);
    // 68.21% and 68.912%: sqrt((0.6821 * 0.3179 + 0.68912 * 0.31088) / 50000) = 0.29356 points.
    expect(band95(68.21, 68.912, 50_000)).toBeCloseTo(0.5754, 3);
  });

  it('shrinks with the square root of the sample', () => {
    expect(band95(70, 70, 10_000) / band95(70, 70, 40_000)).toBeCloseTo(2, 10);
  });
});

describe('compare', () => {
  it('says which side, how much, and whether it means anything', () => {
    expect(compare(70, 72).words).toMatch(/2\.00 points below .* more than the ±0\.\d\d/);
    expect(compare(72.1, 72).words).toMatch(/0\.10 points above .* within the ±0\.\d\d/);
  });
});

describe('the twelve', () => {
  it('uses the exact official error, not the rounded table', () => {
    expect(accuracyOf('regnetx_002').official).toBeCloseTo(68.912, 10);
    expect(verdictOf('regnetx_002').difference).toBeCloseTo(-0.702, 10);
  });

  it('finds only 200MF outside the band', () => {
    const outside = models.filter((m) => verdictOf(m.id).outside).map((m) => m.id);
    expect(outside).toEqual(['regnetx_002']);
  });
});
