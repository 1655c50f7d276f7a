import { describe, expect, it } from 'vitest';
import { accuracyDifferences } from '../../../src/charts/accuracy-differences/geometry.ts';
import { DifferencesDrawing } from '../../../src/charts/accuracy-differences/View.tsx';
import { readingsOf, scatterTable } from '../../../src/charts/accuracy-scatter/facts.ts';
import { accuracyScatter, type Candidate } from '../../../src/charts/accuracy-scatter/geometry.ts';
import { labelBox, markBox } from '../../../src/charts/accuracy-scatter/labels.ts';
import { ScatterDrawing } from '../../../src/charts/accuracy-scatter/View.tsx';
import { LAYOUTS, overlap } from '../../../src/charts/shared/svg.ts';
import { COSTS, networkOf } from '../../../src/regnet/index.ts';
import { accuracyOf } from '../../../src/zoo/accuracy.ts';
import { models, shortName } from '../../../src/zoo/models.ts';
import { verdictOf } from '../../../src/zoo/verdict.ts';
import { snapshot, svgOf } from './svg.ts';

const differences = models.map((model) => ({
  id: model.id,
  name: shortName(model),
  ...verdictOf(model.id),
}));
const candidates: Candidate[] = models.map((model) => ({
  id: model.id,
  name: shortName(model),
  ...networkOf(model.design).complexity,
  ...accuracyOf(model.id),
}));

describe('differences', () => {
  it.each(LAYOUTS)('put only 200MF outside of its band in the %s layout', (layout) => {
    const g = accuracyDifferences(differences, layout);
    const outside = g.rows.filter(
      ({ x, bandBox }) => x < bandBox.x || x > bandBox.x + bandBox.width,
    );
    expect(outside.map(({ name, label }) => [name, label])).toEqual([['200MF', '\u22120.70']]);
    for (const { x, bandBox, difference } of g.rows) {
      expect(bandBox.x + bandBox.width / 2).toBeCloseTo(g.zero, 1);
      if (Math.abs(difference) > 0.01) expect(x < g.zero).toBe(difference < 0);
    }
  });

  it('look as they did', async () => {
    const geometry = accuracyDifferences(differences, 'narrow');
    await expect(
      svgOf(<DifferencesDrawing geometry={geometry} current="regnetx_032" />),
    ).toMatchFileSnapshot(snapshot('accuracy-differences-narrow'));
  });
});

describe('scatter', () => {
  const cases = COSTS.flatMap((cost) => LAYOUTS.map((layout) => [cost, layout] as const));

  it.each(cases)('labels all twelve against %s without collisions, %s', (cost, layout) => {
    const g = accuracyScatter(candidates, cost, layout);
    const labels = [
      ...g.pairs.map(({ x, label }) => labelBox({ ...label, x: label.x + x }, g.font)),
      ...g.series.map((label) => labelBox(label, g.font)),
    ];
    const marks = g.pairs.map((pair) => markBox(pair, 5.5));
    expect(labels).toHaveLength(14);
    for (const [i, a] of labels.entries()) {
      for (const b of labels.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      for (const mark of marks) expect(overlap(a, mark)).toBe(false);
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width).toBeLessThanOrEqual(g.width);
    }
  });

  it.each(cases)('keeps the order of %s and of accuracy, %s', (cost, layout) => {
    const { pairs } = accuracyScatter(candidates, cost, layout);
    for (const a of pairs)
      for (const b of pairs) {
        if (a.candidate[cost] < b.candidate[cost]) expect(a.x).toBeLessThan(b.x);
        if (a.candidate.ours < b.candidate.ours - 0.1) expect(a.ours).toBeGreaterThan(b.ours);
      }
  });

  it('spaces costs by their ratios', () => {
    const { pairs } = accuracyScatter(candidates, 'flops', 'wide');
    const [first, second, third] = [pairs[0], pairs[5], pairs[11]];
    const log = (pair: typeof first) => Math.log(pair?.candidate.flops ?? NaN);
    const ratio = (log(second) - log(first)) / (log(third) - log(first));
    const across = ((second?.x ?? 0) - (first?.x ?? 0)) / ((third?.x ?? 0) - (first?.x ?? 0));
    expect(across).toBeCloseTo(ratio, 3);
  });

  it('tells one variant, or the range of all', () => {
    expect(readingsOf(candidates, candidates[0] ?? null).map(({ value }) => value)).toEqual([
      '68.21%',
      '68.91%',
      '\u22120.70',
      '199\u00a0M',
      '2.68\u00a0M',
      '2.16\u00a0M',
    ]);
    expect(readingsOf(candidates, null)[3]?.value).toBe('199\u00a0M–31.7\u00a0G');
    expect(scatterTable(candidates).rows).toHaveLength(12);
  });

  it('looks as it did', async () => {
    const geometry = accuracyScatter(candidates, 'flops', 'wide');
    await expect(svgOf(<ScatterDrawing geometry={geometry} cost="flops" />)).toMatchFileSnapshot(
      snapshot('accuracy-scatter-flops-wide'),
    );
  });
});
