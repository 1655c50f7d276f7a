import { describe, expect, test } from 'vitest';
import {
  calibrationOf,
  confusionsOf,
  countsOf,
  mcnemarExact,
  pairedDifference95,
  pairedOf,
  perClass,
  wilson95,
  worstMistakes,
} from '../../../src/recount/statistics.ts';
import type { Answer } from '../../../src/recount/types.ts';

/** `onlyFirst` and `onlySecond` among so many pictures. */
const paired = (onlyFirst: number, onlySecond: number, count: number) => ({
  onlyFirst,
  onlySecond,
  both: Math.floor((count - onlyFirst - onlySecond) / 2),
  neither: Math.ceil((count - onlyFirst - onlySecond) / 2),
});

const answer = (truth: number, top5: number[], first = 0.5): Answer => ({
  path: `${truth}/${top5.join('-')}.png`,
  sha256: '',
  truth,
  top5,
  probabilities: [first],
});

describe('intervals', () => {
  // statsmodels 0.14: proportion_confint(…, method='wilson').
  test.each([
    [81, 263, 0.2552885198782742, 0.36620957698280004],
    [15, 148, 0.06238639953073628, 0.16048724172330803],
    [34444, 50000, 0.6848077428919166, 0.6929232363480424],
  ])('Wilson’s of %i in %i', (hits, count, low, high) => {
    const [l, h] = wilson95(hits, count);
    expect(l).toBeCloseTo(low, 12);
    expect(h).toBeCloseTo(high, 12);
  });

  test('end at 0 and 1', () => {
    expect(wilson95(0, 10)[0]).toBe(0);
    expect(wilson95(10, 10)[1]).toBe(1);
    expect(wilson95(0, 0)).toEqual([0, 1]);
  });

  // The likelihood under an assumed difference maximised by SciPy 1.17, the score's roots by brentq.
  test.each([
    [150, 86, 1600, 0.021361564660187675, 0.0589980333416589],
    [12, 9, 44, -0.1380341069451328, 0.268562529775491],
    [1, 7, 50, -0.2465808103778312, -0.011619693940074125],
    [300, 400, 10000, -0.015215477401986886, -0.004827658125556509],
  ])('Tango’s of %i against %i in %i', (first, second, count, low, high) => {
    const [l, h] = pairedDifference95(paired(first, second, count));
    expect(l).toBeCloseTo(low, 6);
    expect(h).toBeCloseTo(high, 6);
  });

  test('of networks that never disagree contain no difference, and narrow with pictures', () => {
    const [low, high] = pairedDifference95(paired(0, 0, 100));
    expect(low).toBeLessThan(0);
    expect(high).toBeCloseTo(-low, 12);
    expect(pairedDifference95(paired(0, 0, 10_000))[1]).toBeLessThan(high / 50);
    expect(pairedDifference95(paired(0, 0, 0))).toEqual([-1, 1]);
  });
});

// scipy.stats.binomtest, two-sided.
test.each([
  [5, 1, 0.21875],
  [25, 40, 0.08168153394154003],
  [300, 400, 0.0001784763144856244],
  [0, 6, 0.03125],
  [10, 10, 1],
  [0, 0, 1],
])('McNemar’s exact test of %i against %i', (first, second, p) => {
  expect(mcnemarExact(paired(first, second, 1000))).toBeCloseTo(p, 12);
});

test('McNemar’s exact test does not underflow where thousands disagree', () => {
  const p = mcnemarExact(paired(4000, 3000, 50_000));
  expect(p).toBeGreaterThan(0);
  expect(p).toBeLessThan(1e-30);
});

describe('answers', () => {
  const answers = [
    answer(0, [0, 1], 0.9),
    answer(0, [1, 0], 0.7),
    answer(1, [2, 3], 0.8),
    answer(1, [2, 1], 0.6),
    answer(2, [2, 0], 0.9),
  ];

  test('are counted, in all and by class', () => {
    expect(countsOf(answers)).toEqual({ count: 5, top1: 2, top5: 4 });
    expect(perClass(answers).get(1)).toEqual({ count: 2, top1: 0, top5: 1 });
  });

  test('tell confusions and the worst mistakes', () => {
    expect(confusionsOf(answers)).toEqual([
      { truth: 1, taken: 2, count: 2 },
      { truth: 0, taken: 1, count: 1 },
    ]);
    expect(worstMistakes(answers, 2).map(({ probabilities }) => probabilities[0])).toEqual([
      0.8, 0.7,
    ]);
  });

  test('pair', () => {
    expect(
      pairedOf([
        [true, true],
        [true, false],
        [false, true],
        [false, false],
        [true, false],
      ]),
    ).toEqual({ both: 1, onlyFirst: 2, onlySecond: 1, neither: 1 });
  });

  test('have a calibration error that weighs bins by their pictures', () => {
    const { bins, ece } = calibrationOf(answers, 10);
    // Two at 0.9, both right; one each at 0.8, 0.7 and 0.6, wrong.
    expect(ece).toBeCloseTo((2 * 0.1 + 0.8 + 0.7 + 0.6) / 5, 12);
    expect(bins[8]).toMatchObject({ count: 2, confidence: 0.9, accuracy: 1 });
    expect(bins[0]).toMatchObject({ count: 0, confidence: null, accuracy: null });
    expect(calibrationOf([]).ece).toBe(0);
  });
});
