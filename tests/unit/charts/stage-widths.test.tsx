import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../src/charts/stage-widths/blocks.ts';
import {
  blockTable,
  describe as describeModule,
  pointOf,
} from '../../../src/charts/stage-widths/facts.ts';
import { groupNote, stageWidths } from '../../../src/charts/stage-widths/geometry.ts';
import { neighbour } from '../../../src/charts/stage-widths/keys.ts';
import { StageWidthsView } from '../../../src/charts/stage-widths/View.tsx';
import { LAYOUTS, overlap } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';
import { networkOfVariant as of, NETWORKS, ODD } from './networks.ts';
import { snapshot, svgOf } from './svg.ts';

describe('blocks', () => {
  it('knows each block of 200MF', () => {
    const blocks = blocksOf(of('regnetx_002'));
    expect(blocks).toHaveLength(13);
    expect(blocks[6]).toEqual({
      module: 's4.b1',
      index: 6,
      stage: 4,
      place: 1,
      width: 368,
      groups: 46,
      groupWidth: 8,
      resolution: 7,
      continuous: 24 + 6 * 36.44,
      quantised: 368,
      // conv1 152x368, conv2 9x8x368, conv3 368x368, downsample 152x368, two a channel for each of
      // the four batch norms; the first convolution still runs at 14x14.
      params: 152 * 368 + 72 * 368 + 368 * 368 + 152 * 368 + 4 * 2 * 368,
      flops: 152 * 368 * 196 + (72 * 368 + 368 * 368 + 152 * 368) * 49,
      acts: 368 * 196 + 3 * 368 * 49,
    });
  });

  it('shares out everything but stem and head', () => {
    const network = of('regnetx_032');
    const outside = network.layers.filter((layer) => layer.stage === 0);
    for (const cost of ['params', 'flops', 'acts'] as const) {
      const sum = blocksOf(network).reduce((total, block) => total + block[cost], 0);
      const rest = outside.reduce((total, layer) => total + layer[cost], 0);
      expect(sum + rest).toBe(network.complexity[cost]);
    }
  });
});

describe.each(NETWORKS)('the drawing of %s', (_, network) => {
  it.each(LAYOUTS)('holds together in the %s layout', (layout) => {
    const g = stageWidths(network, layout);
    const highest = Math.max(...g.bars.map((bar) => bar.height));
    const widest = Math.max(...network.stages.map((stage) => stage.width));
    expect(g.bars).toHaveLength(network.design.depth);
    for (const bar of g.bars) {
      expect(bar.height / highest).toBeCloseTo(bar.block.width / widest, 2);
      expect(bar.y + bar.height).toBeCloseTo(g.baseline, 1);
      expect(bar.x).toBeGreaterThanOrEqual(g.left);
      expect(bar.x + bar.width).toBeLessThanOrEqual(g.right + 0.01);
      expect(bar.y).toBeGreaterThan(g.rule.label.y);
    }
    expect(g.height).toBeGreaterThan(g.columns.rows.at(-1)?.y ?? Infinity);
  });

  it.each(LAYOUTS)(
    'labels every stage, or every k-th, without overlap in the %s layout',
    (layout) => {
      const { columns, font } = stageWidths(network, layout);
      const boxes = columns.columns
        .filter(({ facts }) => facts.length > 0)
        .map(({ x, facts }) => {
          const width = Math.max(...facts.map((fact) => textWidth(fact, font)));
          return { x: x - width / 2, y: 0, width, height: 1 };
        });
      expect(boxes.length).toBeGreaterThan(0);
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      if (network.stages.length <= 4) expect(boxes).toHaveLength(network.stages.length);
    },
  );

  it.each(LAYOUTS)('draws lines that can be told apart in the %s layout', (layout) => {
    for (const { path } of stageWidths(network, layout).groupLines) {
      const heights = [...path.matchAll(/,([\d.]+)H/g)].map(([, y]) => Number(y));
      for (const [i, y] of heights.entries())
        if (i > 0) expect((heights[i - 1] ?? 0) - y).toBeGreaterThan(2.4);
    }
  });
});

it('draws every group of the twelve, and says where it could not', () => {
  for (const { id } of models)
    for (const layout of LAYOUTS) {
      const g = stageWidths(of(id), layout);
      expect(groupNote(g)).toBeNull();
      expect(g.groupLines.map(({ path }) => (path.match(/M/g) ?? []).length + 1)).toEqual(
        of(id).stages.map((stage) => stage.groups),
      );
    }
  const thin = stageWidths(networkOf(ODD['thin groups']), 'wide');
  expect(groupNote(thin)).toMatch(
    /^Groups too fine to draw: one line stands for every \d+ groups in/,
  );
});

it('lets the linear rule pass through the centres of the blocks', () => {
  const g = stageWidths(of('regnetx_002'), 'wide');
  const [zero, hundred] = [0, 1].map((i) => g.ticks[i]?.at ?? NaN);
  const unit = ((zero ?? 0) - (hundred ?? 0)) / 100;
  for (const [j, point] of g.rule.points.entries()) {
    const bar = g.bars[j];
    expect(point.x).toBeCloseTo((bar?.x ?? 0) + (bar?.width ?? 0) / 2, 1);
    expect(((zero ?? 0) - point.y) / unit).toBeCloseTo(24 + 36.44 * j, 0);
  }
});

it('tells a block, a stage, or the whole network', () => {
  const network = of('regnetx_002');
  const blocks = blocksOf(network);
  const tell = (module: string | null) => {
    const { heading, readings } = describeModule(network, blocks, module);
    return [
      heading,
      ...readings.map(({ value }) => (typeof value === 'string' ? value : value['1x'])),
    ];
  };
  const block = [
    'Block 8 of 13: stage 4, block 2',
    ...['368', '46', '8', '7×7', '299.6\u00a0k', '14.57\u00a0M'],
  ];
  expect(tell('s4.b2')).toEqual(block);
  expect(tell('s4.b2.conv3')).toEqual(block);
  expect(tell('s3')).toEqual([
    'Stage 3: 4 blocks',
    ...['152', '19', '8', '14×14', '226.5\u00a0k', '48.62\u00a0M'],
  ]);
  const whole = [
    'The whole network: 13 blocks',
    ...['24–368', '3–46', '8', '7×7', '2.685\u00a0M', '199.0\u00a0M'],
  ];
  expect(tell(null)).toEqual(whole);
  expect(tell('stem')).toEqual(whole);
  const table = blockTable('RegNetX-200MF', blocks);
  expect(new Set(table.rows.map((row) => row.length))).toEqual(new Set([table.head.length]));
  expect(table.rows[12]).toContain('461.28');
});

it('makes its point in a sentence', () => {
  expect(pointOf(of('regnetx_002'))).toBe(
    'Widths grow from 24 to 368 channels in 4 stages; stage 4 holds 7 of the 13 blocks.',
  );
  expect(pointOf(networkOf(ODD['no slope']))).toBe(
    '12 blocks, all 64 channels wide: a single stage.',
  );
});

it('leads by keys along the blocks, down to a stage, along the stages and back', () => {
  const { bars } = stageWidths(of('regnetx_002'), 'wide');
  const walk = (...keys: string[]) =>
    keys.reduce((at, key) => neighbour(bars, 4, key, at) ?? at, 0);
  expect(walk('ArrowRight', 'ArrowRight')).toBe(2);
  expect(walk('End', 'ArrowRight')).toBe(12);
  expect(walk('ArrowRight', 'ArrowRight', 'ArrowDown')).toBe(13 + 2);
  expect(walk('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowUp')).toBe(2);
  expect(walk('ArrowDown', 'End')).toBe(13 + 3);
  expect(walk('ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp')).toBe(0);
});

it.each([
  ['regnetx_002', 'wide'],
  ['regnetx_002', 'narrow'],
  ['regnetx_032', 'wide'],
  ['regnetx_032', 'narrow'],
] as const)('%s, %s, looks as it did', async (id, layout) => {
  const network = of(id);
  const geometry = stageWidths(network, layout);
  await expect(
    svgOf(<StageWidthsView name={modelOf(id).name} network={network} geometry={geometry} />),
  ).toMatchFileSnapshot(snapshot(`stage-widths-${id}-${layout}`));
});
