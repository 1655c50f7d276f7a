import { describe, expect, it } from 'vitest';
import {
  checkpointDiff,
  type LayerDistance,
} from '../../../src/charts/checkpoint-diff/geometry.ts';
import {
  CheckpointDiffView,
  formatDistance,
  layerText,
  summaryOf,
} from '../../../src/charts/checkpoint-diff/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { snapshot, svgOf } from './svg.ts';

const CLOSE = 0.01;

/** Every layer of a variant, at a distance by its index. */
function distances(
  id: string,
  relativeL2: (index: number) => number | null,
): readonly LayerDistance[] {
  const design = models.find((model) => model.id === id)?.design;
  if (!design) throw new Error(id);
  return networkOf(design)
    .layers.filter(({ op }) => op !== 'pool')
    .map(({ name, stage }, index) => {
      const l2 = relativeL2(index);
      const obstacle = l2 === null ? 'only in the first file' : null;
      return { name, stage, relativeL2: l2, cosine: l2 === null ? null : 1 - l2 / 2, obstacle };
    });
}

const CASES: Readonly<Record<string, readonly LayerDistance[]>> = {
  equal: distances('regnetx_002', () => 0),
  'half precision': distances('regnetx_002', (i) => 2e-4 + 1e-5 * (i % 7)),
  'tuned, the stem the same': distances('regnetx_004', (i) => (i === 0 ? 0 : 0.002 * i)),
  'another start': distances('regnetx_320', (i) => 1.4 + 0.01 * (i % 5)),
  'from dust to apart': distances('regnetx_160', (i) => (i % 9 === 0 ? null : 10 ** -(i % 15))),
  none: [],
};

describe.each(Object.entries(CASES))('%s', (_, layers) => {
  it.each(LAYOUTS)('every layer has a place within the frame, %s', (layout) => {
    const g = checkpointDiff(layers, CLOSE, layout);
    expect(g.marks).toHaveLength(layers.length);
    for (const { index, x, y, slot, same } of g.marks) {
      expect(x - g.radius).toBeGreaterThanOrEqual(g.left - g.radius);
      expect(slot.x + slot.width).toBeLessThanOrEqual(g.right + 0.02);
      const l2 = layers[index]?.relativeL2 ?? null;
      expect(same).toBe(l2 === 0);
      if (l2 === null) expect(y).toBeNull();
      else if (l2 === 0) expect(y).toBe(g.shelf);
      else {
        expect(y).toBeGreaterThanOrEqual(g.top);
        expect(y).toBeLessThanOrEqual(g.baseline);
      }
    }
  });

  it.each(LAYOUTS)('farther is higher, close lies beneath the limit, %s', (layout) => {
    const g = checkpointDiff(layers, CLOSE, layout);
    const placed = g.marks.flatMap(({ index, y }) => {
      const l2 = layers[index]?.relativeL2 ?? null;
      return l2 === null || l2 === 0 || y === null ? [] : [{ l2, y }];
    });
    const sorted = placed.toSorted((a, b) => a.l2 - b.l2);
    for (const [i, { y }] of sorted.entries())
      if (i > 0) expect(y).toBeLessThanOrEqual(sorted[i - 1]?.y ?? -Infinity);
    for (const { l2, y } of placed)
      if (l2 > CLOSE) expect(y).toBeLessThan(g.limit);
      else expect(y).toBeGreaterThanOrEqual(g.limit);
  });

  it.each(LAYOUTS)('levels fit beside the plot and do not collide, %s', (layout) => {
    const g = checkpointDiff(layers, CLOSE, layout);
    expect(g.levels.length).toBeGreaterThan(1);
    for (const [i, { at, label }] of g.levels.entries()) {
      expect(textWidth(label, g.font)).toBeLessThan(g.left - 8);
      if (i > 0) expect(at - (g.levels[i - 1]?.at ?? -Infinity)).toBeGreaterThan(g.font);
    }
  });
});

it('stages stand beneath their layers', () => {
  const layers = CASES.equal ?? [];
  const { stages, marks } = checkpointDiff(layers, CLOSE, 'wide');
  expect(stages.map(({ stage }) => stage)).toEqual([1, 2, 3, 4]);
  for (const { stage, from, to } of stages)
    for (const { index, x } of marks)
      expect(x > from && x < to).toBe(layers[index]?.stage === stage);
});

it('says what it shows', () => {
  expect(summaryOf(CASES.equal ?? [], CLOSE)).toBe(
    'Of 45 layers, 45 are the same in both files and 0 are farther apart than 0.01.',
  );
  expect(summaryOf(CASES['from dust to apart'] ?? [], CLOSE)).toMatch(
    /The farthest is s\d\.b\d+\.\w+, at 1\. \d+ layers cannot be compared\.$/,
  );
  const [stem, next] = CASES['tuned, the stem the same'] ?? [];
  expect([stem && layerText(stem), next && layerText(next)]).toEqual([
    'stem: the same',
    's1.b1.conv1: relative L2 0.002, cosine 0.999000',
  ]);
  expect([0, 2.44e-4, 0.3141, 1.41421, null].map(formatDistance)).toEqual([
    ...['0', '2.4e-4', '0.314', '1.41', '–'],
  ]);
});

it.each(LAYOUTS)('the %s drawing is as it was', async (layout) => {
  const layers = CASES['tuned, the stem the same'] ?? [];
  const drawing = (
    <CheckpointDiffView
      layers={layers}
      close={CLOSE}
      geometry={checkpointDiff(layers, CLOSE, layout)}
    />
  );
  await expect(svgOf(drawing)).toMatchFileSnapshot(snapshot(`checkpoint-diff-${layout}`));
});
