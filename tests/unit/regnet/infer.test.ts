import { expect, test } from 'vitest';
import { stagesOf, type Stage } from '../../../src/regnet/index.ts';
import { designFor } from '../../../src/regnet/infer.ts';
import { models } from '../../../src/zoo/models.ts';

/** The stages that an inferred design makes. */
const remade = (stages: readonly Stage[]): readonly Stage[] | null => {
  const design = designFor(stages);
  return design && stagesOf(design);
};
const stagesFrom = (groupWidth: number, ...list: readonly (readonly [number, number])[]): Stage[] =>
  list.map(([width, depth]) => ({ width, depth, groups: width / groupWidth, groupWidth }));

test.each(models)('$name: parameters that make its stages are found', ({ design }) => {
  const stages = stagesOf(design);
  expect(remade(stages)).toEqual(stages);
});

test("torchvision's 400MF, which the published parameters do not make", () => {
  const stages = stagesFrom(16, [32, 1], [64, 2], [160, 7], [400, 12]);
  expect(remade(stages)).toEqual(stages);
});

test.each<[string, Stage[]]>([
  ['one stage', stagesFrom(16, [64, 3])],
  ['groups of seven, whose widths are no multiples of eight', stagesFrom(7, [21, 2], [49, 3])],
  ['one block', stagesFrom(8, [24, 1])],
  ['the network of the fixtures', stagesOf({ depth: 6, w0: 16, wa: 10.5, wm: 2.1, groupWidth: 8 })],
  [
    'a group wider than the first stage',
    stagesOf({ depth: 18, w0: 40, wa: 30, wm: 2.4, groupWidth: 64 }),
  ],
])('%s', (_, stages) => {
  expect(remade(stages)).toEqual(stages);
});

test.each([
  ['stages that shrink', stagesFrom(16, [64, 3], [32, 4])],
  [
    'doubling with depths that no line gives',
    stagesFrom(16, [64, 3], [128, 4], [256, 6], [512, 3]),
  ],
])('%s have no design', (_, stages) => {
  expect(designFor(stages)).toBeNull();
});

test.each<[string, Stage[]]>([
  ['a width from a hostile file', stagesFrom(1, [2 ** 20, 1])],
  ['groups as wide as a file may claim', stagesFrom(65_536, [65_536, 1], [65_536 * 2, 1])],
  ['ten thousand blocks', stagesFrom(8, [8192, 9999])],
  ['ten thousand stages', stagesFrom(8, ...Array.from({ length: 9999 }, () => [8, 1] as const))],
  [
    'a thousand stages that grow',
    stagesFrom(8, ...Array.from({ length: 1000 }, (_, i) => [8 * (i + 1), 1] as const)),
  ],
  ['a wide stage of many blocks', stagesFrom(4096, [4096, 512], [8192, 512])],
])('%s is looked at within a moment', (_, stages) => {
  const start = performance.now();
  designFor(stages);
  expect(performance.now() - start).toBeLessThan(1000);
});
