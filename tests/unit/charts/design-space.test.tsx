import { describe, expect, it } from 'vitest';
import { describeStep, pointOf, stepTable } from '../../../src/charts/design-space/facts.ts';
import { designSpace } from '../../../src/charts/design-space/geometry.ts';
import { stepsOf } from '../../../src/charts/design-space/steps.ts';
import { DesignSpaceView } from '../../../src/charts/design-space/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { networkOfVariant as of, NETWORKS } from './networks.ts';
import { snapshot, svgOf } from './svg.ts';

describe('steps', () => {
  it('follows block 6 of 200MF, worked by hand', () => {
    const step = stepsOf(of('regnetx_002'))[6];
    // 24 + 6 * 36.44 = 242.64; ln(10.11) / ln(2.49) = 2.536; 24 * 2.49^3 = 370.52; 46.3 eights.
    expect(step?.continuous).toBeCloseTo(242.64, 10);
    expect(step?.exact).toBeCloseTo(2.536, 3);
    expect(step).toMatchObject({ exponent: 3, quantised: 368, width: 368, groups: 46, stage: 4 });
    expect(step?.power).toBeCloseTo(370.52, 2);
  });

  it('tells a block, or the whole network', () => {
    const network = of('regnetx_002');
    const steps = stepsOf(network);
    expect(describeStep(network, steps, steps[6] ?? null)).toEqual({
      heading: 'Block j = 6, in stage 4',
      readings: [
        { term: 'the line u', value: '242.64' },
        { term: 'exponent s', value: '2.54' },
        { term: 'rounded, k', value: '3' },
        { term: 'power', value: '370.52' },
        { term: 'to eights', value: '368' },
        { term: 'to groups: width', value: '368' },
      ],
    });
    const whole = describeStep(network, steps, null);
    expect(whole.heading).toBe('From block 0 to block 12: 4 stages');
    expect(whole.readings[0]?.value).toBe('24 … 461.28');
    const table = stepTable(steps);
    expect(new Set(table.rows.map((row) => row.length))).toEqual(new Set([table.head.length]));
    expect(table.rows).toHaveLength(13);
  });
});

describe.each(NETWORKS)('the drawing of %s', (_, network) => {
  it.each(LAYOUTS)('keeps each panel to itself in the %s layout', (layout) => {
    const g = designSpace(network, layout);
    const within = (y: number, { top, bottom }: { top: number; bottom: number }) => {
      expect(y).toBeGreaterThanOrEqual(top - 0.01);
      expect(y).toBeLessThanOrEqual(bottom + 0.01);
    };
    for (const { y } of g.line.points) within(y, g.line);
    for (const { from, to } of g.powers.moves) {
      within(from, g.powers);
      within(to, g.powers);
    }
    for (const { bar, hit } of g.columns) {
      within(bar.y, g.network);
      expect(bar.y + bar.height).toBeCloseTo(g.network.bottom, 1);
      expect(hit.x + hit.width).toBeLessThanOrEqual(g.right + 0.01);
      expect(hit.height).toBe(g.network.bottom - g.line.top);
    }
    expect(g.line.bottom).toBeLessThan(g.powers.title.y);
    expect(g.powers.bottom).toBeLessThan(g.network.title.y);
    expect(g.height).toBeGreaterThan(g.stages.rows.at(-1)?.y ?? Infinity);
  });

  it('moves every exponent by half a step at most, into a band of its stage', () => {
    const g = designSpace(network, 'wide');
    for (const [j, move] of g.powers.moves.entries()) {
      const exponent = g.columns[j]?.step.exponent;
      const band = g.powers.bands.find((b) => b.exponent === exponent);
      expect(Math.abs(move.from - move.to)).toBeLessThanOrEqual((band?.height ?? 0) / 2 + 0.02);
      expect(move.to).toBe(band?.middle);
    }
  });

  it('labels exponents that can be told apart', () => {
    for (const layout of LAYOUTS) {
      const { powers, font } = designSpace(network, layout);
      const labelled = powers.bands.filter((b) => b.label).map((b) => b.middle);
      for (const [i, y] of labelled.entries())
        if (i > 0) expect((labelled[i - 1] ?? 0) - y).toBeGreaterThan(2.2 * font);
    }
  });
});

it('makes its point in a sentence', () => {
  expect(pointOf(of('regnetx_002'))).toBe(
    'A line from 24 to 461 channels, rounded to powers of 2.49, becomes 4 stages: 24, 56, 152, 368 channels wide.',
  );
});

it('draws a boundary between any two stages, in each panel', () => {
  const g = designSpace(of('regnetx_002'), 'wide');
  expect((g.boundaries.match(/M/g) ?? []).length).toBe(9);
  expect(g.powers.bands.map((b) => b.stage)).toEqual([1, 2, 3, 4]);
});

it.each([
  ['regnetx_002', 'wide'],
  ['regnetx_032', 'narrow'],
] as const)('%s, %s, looks as it did', async (id, layout) => {
  const network = of(id);
  const geometry = designSpace(network, layout);
  await expect(
    svgOf(<DesignSpaceView network={network} geometry={geometry} />),
  ).toMatchFileSnapshot(snapshot(`design-space-${id}-${layout}`));
});

it.each(LAYOUTS)('draws the deepest network with few marks, which leave no gap (%s)', (layout) => {
  const network = networkOf({ depth: 1024, w0: 8, wa: 60, wm: 1.01, groupWidth: 8 });
  const g = designSpace(network, layout);
  expect(g.every).toBe(8);
  expect(g.columns.map(({ step }) => step.index)).toEqual(
    Array.from({ length: 128 }, (_, i) => i * 8),
  );
  for (const [i, { hit }] of g.columns.entries())
    expect(hit.x + hit.width).toBeCloseTo(g.columns[i + 1]?.hit.x ?? g.right, 1);
  expect(g.powers.bands.length).toBeLessThanOrEqual(64);
  expect(g.powers.moves).toHaveLength(128);
});
