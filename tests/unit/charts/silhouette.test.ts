import { expect, it } from 'vitest';
import { silhouette } from '../../../src/charts/silhouette/geometry.ts';
import { stagesOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';

it('draws one bar a block, as high as its share of the widest', () => {
  const bars = silhouette(stagesOf(modelOf('regnetx_002').design), { width: 100, height: 368 }, 25);
  expect(bars).toHaveLength(13);
  expect(bars.map((b) => b.height)).toEqual([
    24,
    56,
    ...Array<number>(4).fill(152),
    ...Array<number>(7).fill(368),
  ]);
  expect(bars.every((b) => b.y + b.height === 368)).toBe(true);
  expect(bars[12]).toMatchObject({ stage: 4, x: 48 });
});
