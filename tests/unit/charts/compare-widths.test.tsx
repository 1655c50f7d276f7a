import { describe, expect, it } from 'vitest';
import { commonScale, mirror } from '../../../src/charts/compare-widths/geometry.ts';
import {
  describeStage,
  MirrorView,
  pointOf,
  stageTable,
} from '../../../src/charts/compare-widths/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { stagesOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { snapshot, svgOf } from './svg.ts';

const networks = models.map(({ name, design }) => ({ name, stages: stagesOf(design) }));
const named = (name: string) => {
  const found = networks.find((n) => n.name === `RegNetX-${name}`);
  if (!found) throw new Error(name);
  return found;
};
const small = named('400MF');
const large = named('800MF');

describe.each(LAYOUTS)('mirrors in the %s layout', (layout) => {
  it('keep one scale for both halves, and for every mirror of a comparison', () => {
    const scale = commonScale(networks);
    expect(scale).toEqual({ blocks: 25, channels: 2520 });
    const lengths = networks.map((other) => {
      const g = mirror(small, other, scale, layout);
      const bar = g.lower.stages[0]?.bars[0];
      return (bar?.height ?? 0) / (other.stages[0]?.width ?? 1);
    });
    for (const length of lengths) expect(length).toBeCloseTo(lengths[0] ?? 0, 3);
  });

  it('let bars leave the axis on their own side, block over block', () => {
    const g = mirror(small, large, commonScale([small, large]), layout);
    const bars = (half: typeof g.upper) => half.stages.flatMap((stage) => stage.bars);
    expect(bars(g.upper)).toHaveLength(22);
    expect(bars(g.lower)).toHaveLength(16);
    for (const bar of bars(g.upper)) expect(bar.y + bar.height).toBeCloseTo(g.axis, 1);
    for (const [j, bar] of bars(g.lower).entries()) {
      expect(bar.y).toBe(g.axis);
      expect(bar.x).toBe(bars(g.upper)[j]?.x);
      expect(bar.y + bar.height).toBeLessThan(g.height);
    }
  });

  it.each(networks)('label each stage of $name without overlap', (network) => {
    const g = mirror(network, network, commonScale(networks), layout);
    for (const { stages } of [g.upper, g.lower])
      for (const [i, { x, label }] of stages.entries()) {
        const before = stages[i - 1];
        if (!before) continue;
        const room = (textWidth(label, g.font) + textWidth(before.label, g.font)) / 2;
        expect(x - before.x).toBeGreaterThan(room);
      }
  });
});

it('makes its point in a sentence', () => {
  expect(pointOf(small, [large])).toBe(
    'RegNetX-400MF has 22 blocks and ends 384 channels wide; RegNetX-800MF 16 blocks and 672 channels.',
  );
});

it('tells one stage of all networks, or all stages', () => {
  expect(describeStage([small, large], 2)).toEqual({
    heading: 'Stage 3',
    readings: [
      { term: 'RegNetX-400MF', value: '7 × 160', note: '10 groups of 16' },
      { term: 'RegNetX-800MF', value: '7 × 288', note: '18 groups of 16' },
    ],
  });
  expect(describeStage([small, large], null).readings[0]).toEqual({
    term: 'RegNetX-400MF',
    value: '22 blocks',
    note: '4 stages',
  });
});

it('has a table with every stage', () => {
  const table = stageTable([small, large]);
  expect(table.head).toHaveLength(7);
  expect(table.rows).toEqual([
    ['1', '1', '32', '2', '1', '64', '4'],
    ['2', '2', '64', '4', '3', '128', '8'],
    ['3', '7', '160', '10', '7', '288', '18'],
    ['4', '12', '384', '24', '5', '672', '42'],
  ]);
});

it.each(LAYOUTS)('400MF over 800MF, %s, looks as it did', async (layout) => {
  const geometry = mirror(small, large, commonScale([small, large]), layout);
  await expect(
    svgOf(<MirrorView first={small} other={large} geometry={geometry} />),
  ).toMatchFileSnapshot(snapshot(`compare-widths-${layout}`));
});
