import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../src/zoo/accuracy.ts';
import { models } from '../../../src/zoo/models.ts';
import {
  band95,
  compare,
  decisiveDisagreement,
  pairedBand95,
  together,
  trainingBand95,
  verdictOf,
} from '../../../src/zoo/verdict.ts';

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
    expect(compare(79.15, 79.152).words).toMatch(
      /^d-li14’s is as accurate, to two decimals, as the/,
    );
    expect(compare(70, 72).words).toMatch(/2\.00 points below .* more than the ±0\.\d\d/);
    expect(compare(72.1, 72).words).toMatch(/0\.10 points above .* within the ±0\.\d\d/);
  });
});

describe('the luck of training', () => {
  it('agrees with a worked example', () => {
    // Two runs with a deviation of 0.09: 1.959964 * sqrt(2) * 0.09 = 0.249463 points.
    expect(trainingBand95(0.09)).toBeCloseTo(0.249463, 6);
    // sqrt(0.5754^2 + 0.249463^2) = 0.627146.
    expect(together(0.5754, 0.249463)).toBeCloseTo(0.627146, 5);
  });

  it('leaves 200MF outside, at ±0.63', () => {
    const verdict = verdictOf('regnetx_002');
    expect(verdict.both).toBeCloseTo(0.627, 3);
    expect(verdict.outsideBoth).toBe(true);
    expect(verdict.chances[1]).toBe(
      'The training: the paper’s five runs have a standard deviation of 0.09, so two trainings by its recipe differ by up to ±0.25. Both together make ±0.63, and the difference is outside.',
    );
    expect(models.filter(({ id }) => verdictOf(id).outsideBoth)).toHaveLength(1);
  });

  it('equals the band of the pictures for 4.0GF alone', () => {
    const wide = models.filter(({ id }) => (verdictOf(id).training ?? 0) >= verdictOf(id).band);
    expect(wide.map(({ id }) => id)).toEqual(['regnetx_040']);
    // 1.959964 * sqrt(2) * 0.19 = 0.526643 points.
    expect(verdictOf('regnetx_040').training).toBeCloseTo(0.526643, 5);
    expect(verdictOf('regnetx_040').chances[1]).toMatch(
      /±0\.53, as much as the pictures’ ±0\.51\./,
    );
  });

  it('stays unsaid where no deviation is known', () => {
    const verdict = compare(70, 72);
    expect(verdict.training).toBeNull();
    expect(verdict.both).toBe(verdict.band);
    expect(verdict.chances).toHaveLength(2);
  });
});

describe('the same pictures', () => {
  it('narrow the band of the pictures to the difference itself at the decisive share', () => {
    const share = decisiveDisagreement(72.278, 72.618);
    expect(pairedBand95(72.278, 72.618, share)).toBeCloseTo(0.34, 10);
  });

  it('are told with that share where the difference is within', () => {
    expect(verdictOf('regnetx_004').chances.at(-1)).toMatch(
      /band of the pictures is too wide\. If exactly one of the two is right on fewer than \d+% of them, instead of the 40% of independent errors, the difference is outside\.$/,
    );
    expect(verdictOf('regnetx_002').chances.at(-1)).toMatch(/changes nothing here/);
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
