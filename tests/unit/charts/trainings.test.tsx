import { describe, expect, it } from 'vitest';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import {
  dotRows,
  publishedTrainings,
  TRAINING_KEY,
  trainingsPoint,
} from '../../../src/charts/trainings/facts.ts';
import { trainingsPlot } from '../../../src/charts/trainings/geometry.ts';
import { nameOf, TrainingsDrawing } from '../../../src/charts/trainings/View.tsx';
import { passportId } from '../../../src/zoo/results.ts';
import { snapshot, svgOf } from './svg.ts';

const rows = dotRows();

describe('trainings', () => {
  it('make their point in a sentence', () => {
    expect(trainingsPoint()).toBe(
      'Trainings of one design lie 0.9 to 4.1 points apart; measurements of one training 0.3 at most.',
    );
  });

  it('have every mark’s passport among those that the page writes', () => {
    const written = new Set(publishedTrainings().map(({ citation }) => passportId(citation)));
    const dots = rows.flatMap((row) => [...row.trainings, ...row.again]);
    expect(dots).toHaveLength(82 + 53);
    for (const { passport } of dots) expect(written).toContain(passport);
  });

  it('are told in words, as distances', () => {
    const [first] = rows;
    expect(first && nameOf(first)).toMatch(
      /^200MF: d-li14 −0\.70, pycls 0\.00, imgclsmob \+1\.18, Keras −1\.61, .*pycls by timm −0\.15/,
    );
  });
});

describe.each(LAYOUTS)('the plot in the %s layout', (layout) => {
  const g = trainingsPlot(rows, TRAINING_KEY, layout);

  it('makes a point of accuracy as wide in either panel', () => {
    const widths = g.rows.flatMap((row) =>
      row.dots
        .filter(({ dot }) => Math.abs(dot.apart) > 0.2)
        .map(({ dot, x }) => {
          const zero = (dot.by === null ? g.panels[0] : g.panels[1])?.zero ?? 0;
          return (x - zero) / dot.apart;
        }),
    );
    for (const width of widths) expect(width).toBeCloseTo(widths[0] ?? 0, 0);
  });

  it('ends its words within the picture', () => {
    for (const { title, titleX, axis, axisX } of g.panels) {
      expect(titleX + textWidth(title, g.font)).toBeLessThanOrEqual(g.width);
      expect(axisX + textWidth(axis, g.font)).toBeLessThanOrEqual(g.width);
    }
  });

  it('keeps every mark within its panel, and panels apart', () => {
    for (const { dots } of g.rows)
      for (const { dot, x, y } of dots) {
        const panel = g.panels[dot.by === null ? 0 : 1];
        expect(x).toBeGreaterThanOrEqual(panel?.left ?? Infinity);
        expect(x).toBeLessThanOrEqual(panel?.right ?? -Infinity);
        expect(y).toBeGreaterThan(panel?.top ?? Infinity);
        expect(y).toBeLessThan(panel?.bottom ?? -Infinity);
      }
    const [first, second] = g.panels;
    if (layout === 'wide') expect(second?.left).toBeGreaterThan(first?.right ?? Infinity);
    else expect(second?.top).toBeGreaterThan(first?.bottom ?? Infinity);
    expect(second?.right).toBeLessThanOrEqual(g.width);
  });
});

it('looks as it did', async () => {
  await expect(
    svgOf(<TrainingsDrawing geometry={trainingsPlot(rows, TRAINING_KEY, 'wide')} />),
  ).toMatchFileSnapshot(snapshot('trainings-wide'));
});
