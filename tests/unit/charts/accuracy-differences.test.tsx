import { describe, expect, it } from 'vitest';
import { accuracyDifferences } from '../../../src/charts/accuracy-differences/geometry.ts';
import { DifferencesDrawing } from '../../../src/charts/accuracy-differences/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { models, shortName } from '../../../src/zoo/models.ts';
import { verdictOf } from '../../../src/zoo/verdict.ts';
import { snapshot, svgOf } from './svg.ts';

const differences = models.map((model) => ({
  id: model.id,
  name: shortName(model),
  ...verdictOf(model.id),
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

  it.each(LAYOUTS)('nest the bands in the %s layout: both around pictures', (layout) => {
    for (const row of accuracyDifferences(differences, layout).rows) {
      const { bandBox, bothBox, trainingBox } = row;
      expect(bothBox?.x).toBeLessThan(bandBox.x);
      expect(bothBox?.width).toBeGreaterThan(trainingBox?.width ?? Infinity);
      expect(bothBox?.width).toBeGreaterThan(bandBox.width);
    }
  });

  it('look as they did', async () => {
    const geometry = accuracyDifferences(differences, 'narrow');
    await expect(
      svgOf(<DifferencesDrawing geometry={geometry} current="regnetx_032" />),
    ).toMatchFileSnapshot(snapshot('accuracy-differences-narrow'));
  });
});
