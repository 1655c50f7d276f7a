import { describe, expect, it } from 'vitest';
import { accuracyDifferences } from '../../../src/charts/accuracy-differences/geometry.ts';
import { TwiceDrawing } from '../../../src/charts/accuracy-differences/Twice.tsx';
import { robustnessPanels } from '../../../src/charts/robustness/geometry.ts';
import { panelsOf, RobustnessDrawing } from '../../../src/charts/robustness/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { reevaluations } from '../../../src/zoo/evaluation.ts';
import { shortName } from '../../../src/zoo/models.ts';
import { snapshot, svgOf } from './svg.ts';

const panels = panelsOf();

describe('test sets', () => {
  it.each(LAYOUTS)('a point is as high in every panel, and all begin alike, %s', (layout) => {
    const g = robustnessPanels(panels, layout);
    const heights = g.panels.map(({ series: [official] }, i) => {
      const marks = official?.marks ?? [];
      const points = panels[i]?.series[0]?.points ?? [];
      const rise = (marks[0]?.y ?? 0) - (marks.at(-1)?.y ?? 0);
      return rise / ((points.at(-1)?.accuracy ?? 0) - (points[0]?.accuracy ?? 0));
    });
    for (const height of heights) expect(height).toBeCloseTo(heights[0] ?? 0, 1);
    expect(new Set(g.panels.map(({ series }) => series[0]?.marks[0]?.y)).size).toBe(1);
    expect(g.panels).toHaveLength(6);
  });

  it.each(LAYOUTS)('everything stays inside of its panel, and endings apart, %s', (layout) => {
    const g = robustnessPanels(panels, layout);
    for (const panel of g.panels) {
      const [a, b] = panel.series.map(({ end }) => end.y);
      expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThan(g.font);
      for (const { marks, end } of panel.series) {
        expect(panel.x + end.x + textWidth(end.text, g.font)).toBeLessThanOrEqual(g.width + 1);
        for (const { x, y } of marks) {
          expect(x).toBeGreaterThanOrEqual(panel.left);
          expect(x).toBeLessThanOrEqual(panel.right);
          expect(y).toBeGreaterThanOrEqual(panel.top);
          expect(y).toBeLessThanOrEqual(panel.bottom);
        }
      }
    }
  });

  it('look as they did', async () => {
    const geometry = robustnessPanels(panels, 'narrow');
    await expect(
      svgOf(<RobustnessDrawing geometry={geometry} panels={panels} />),
    ).toMatchFileSnapshot(snapshot('robustness-narrow'));
  });
});

describe('the same weights, measured twice', () => {
  const rows = reevaluations().map(({ model, againstPycls, againstTimm }) => ({
    difference: againstPycls.difference,
    band: againstPycls.band,
    outside: againstPycls.outside,
    id: model.id,
    name: shortName(model),
    again: againstTimm.difference,
  }));

  it.each(LAYOUTS)('every difference moves in our favour, and none ends outside, %s', (layout) => {
    const g = accuracyDifferences(rows, layout);
    for (const { x, againX, bandBox, label } of g.rows) {
      expect(againX).toBeGreaterThan(x);
      expect(againX).toBeLessThan(bandBox.x + bandBox.width);
      expect(againX).toBeGreaterThan(bandBox.x);
      expect(label).toMatch(/^\+0\.\d\d$/);
    }
    // 200MF alone began outside.
    expect(g.rows.filter(({ x, bandBox }) => x < bandBox.x).map(({ name }) => name)).toEqual([
      '200MF',
    ]);
  });

  it('look as they did', async () => {
    const geometry = accuracyDifferences(rows, 'wide');
    await expect(svgOf(<TwiceDrawing geometry={geometry} />)).toMatchFileSnapshot(
      snapshot('accuracy-measured-twice-wide'),
    );
  });
});
