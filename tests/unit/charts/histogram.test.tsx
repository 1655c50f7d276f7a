import { describe, expect, it } from 'vitest';
import {
  formatValue,
  histogram,
  SPARK,
  sparkline,
  type Distribution,
} from '../../../src/charts/histogram/geometry.ts';
import { HistogramView, summaryOf } from '../../../src/charts/histogram/View.tsx';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { snapshot, svgOf } from './svg.ts';

/** A bell of 48 bins, the shape that a trained convolution has. */
const bell: Distribution = {
  min: -0.42,
  max: 0.38,
  mean: -0.003,
  counts: Uint32Array.from({ length: 48 }, (_, i) =>
    Math.round(9000 * Math.exp(-(((i - 24) / 6) ** 2))),
  ),
};
const CASES: Readonly<Record<string, Distribution>> = {
  bell,
  'all equal': { min: 3, max: 3, mean: 3, counts: [152] },
  'all zero': { min: 0, max: 0, mean: 0, counts: [1] },
  'one value a bin': { min: 0, max: 1, mean: 0.5, counts: [1, 0, 1] },
  tiny: { min: -1.3e-9, max: 2.2e-8, mean: 1e-8, counts: [4, 1, 9, 2] },
  'a spike in a million': { min: -12000, max: 450000, mean: 12, counts: [2_000_000, 0, 0, 1] },
};

describe.each(Object.entries(CASES))('%s', (_, distribution) => {
  describe.each(['linear', 'log'] as const)('%s', (scale) => {
    const g = histogram(distribution, scale);

    it('has a bar for every bin that holds something, within the frame', () => {
      const filled = Array.from(distribution.counts).filter((count) => count > 0);
      expect(g.bars).toHaveLength(filled.length);
      for (const { x, y, width, height } of g.bars) {
        expect(x).toBeGreaterThanOrEqual(g.left);
        expect(x + width).toBeLessThanOrEqual(g.right + 0.01);
        expect(y).toBeGreaterThanOrEqual(g.top);
        expect(y + height).toBeCloseTo(g.baseline, 1);
        expect(width).toBeGreaterThan(0);
      }
    });

    it('draws more values higher', () => {
      const counts = Array.from(distribution.counts).filter((count) => count > 0);
      const byCount = counts.map((count, i) => ({ count, height: g.bars[i]?.height ?? NaN }));
      for (const a of byCount)
        for (const b of byCount) if (a.count > b.count) expect(a.height).toBeGreaterThan(b.height);
    });

    it('labels whole counts, and values that do not collide', () => {
      expect(g.yTicks.length).toBeGreaterThanOrEqual(1);
      const labels = g.xTicks.map(({ at, label }) => {
        const width = textWidth(label, g.font);
        return { start: at - width / 2, end: at + width / 2 };
      });
      for (const [i, { start }] of labels.entries())
        if (i > 0) expect(start).toBeGreaterThan(labels[i - 1]?.end ?? Infinity);
      for (const { label } of g.yTicks) expect(textWidth(label, g.font)).toBeLessThan(g.left - 6);
    });
  });

  it('a sparkline closes within its box', () => {
    const path = sparkline(distribution.counts);
    expect(path).toMatch(/^M[\d.]+,20(V[\d.]+H[\d.]+)+V20Z$/);
    for (const [, x] of path.matchAll(/H([\d.]+)/g))
      expect(Number(x)).toBeLessThanOrEqual(SPARK.width);
  });
});

it('marks the mean and zero where they are', () => {
  const { mean, zero, left, right } = histogram(bell, 'linear');
  const at = (value: number) => left + ((value + 0.42) / 0.8) * (right - left);
  expect(mean.x).toBeCloseTo(at(-0.003), 1);
  expect(zero).toBeCloseTo(at(0), 1);
  expect(histogram({ ...bell, min: 0.1, max: 0.9 }, 'linear').zero).toBeNull();
});

it('an empty distribution has no path', () => {
  expect(sparkline([])).toBe('');
});

it('writes values in four digits with a true minus', () => {
  expect([-0.123456, 1.2e-7, 0, 12345.6].map(formatValue)).toEqual([
    '−0.1235',
    '1.2e-7',
    '0',
    '1.235e+4',
  ]);
});

it('says what it shows', () => {
  expect(summaryOf(bell)).toBe(
    'Values from −0.42 to 0.38, mean −0.003; most, 9,000, lie between −0.02 and −0.003333.',
  );
  expect(summaryOf({ min: 3, max: 3, mean: 3, counts: [152] })).toBe('All 152 values are 3.');
});

it.each(['linear', 'log'] as const)('the %s drawing is as it was', async (scale) => {
  const props = { name: 's1.b1.conv2.conv.weight', stage: 1, distribution: bell, scale };
  const drawing = <HistogramView {...props} geometry={histogram(bell, scale)} />;
  await expect(svgOf(drawing)).toMatchFileSnapshot(snapshot(`histogram-${scale}`));
});
