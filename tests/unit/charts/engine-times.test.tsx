import { describe, expect, it } from 'vitest';
import { engineTimes } from '../../../src/charts/engine-times/geometry.ts';
import { EngineTimesDrawing } from '../../../src/charts/engine-times/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { textWidth } from '../../../src/charts/shared/text.ts';
import type { Race } from '../../../src/zoo/races.ts';
import { snapshot, svgOf } from './svg.ts';

const races: readonly Race[] = [
  { variant: 'regnetx_002', threads: 1, ours: 8, web: 20, native: 5 },
  { variant: 'regnetx_002', threads: 16, ours: 4, web: 12, native: null },
  { variant: 'regnetx_320', threads: 1, ours: 1200, web: 1600, native: 640 },
];

describe('engines on the processor', () => {
  it.each(LAYOUTS)('names, marks and key stay within the picture, %s', (layout) => {
    const g = engineTimes(races, layout);
    for (const { name, marks, ratio, y } of g.rows) {
      expect(textWidth(name, g.font)).toBeLessThan(g.left);
      expect(y).toBeGreaterThan(g.top);
      expect(y).toBeLessThan(g.bottom);
      for (const { x } of marks) {
        expect(x).toBeGreaterThan(g.left);
        expect(x + textWidth(ratio, g.font)).toBeLessThan(g.width);
      }
    }
    const last = g.key.at(-1);
    expect((last?.x ?? 0) + textWidth(`xx${last?.name ?? ''}`, g.font)).toBeLessThan(g.width);
  });

  it('puts equal ratios equally far apart', () => {
    const { rows } = engineTimes(races, 'wide');
    const [from = 0, to = 0] = ['ours', 'native'].map(
      (engine) => rows[0]?.marks.find((mark) => mark.engine === engine)?.x,
    );
    const [slow = 0, fast = 0] = ['ours', 'native'].map(
      (engine) => rows[2]?.marks.find((mark) => mark.engine === engine)?.x,
    );
    expect((from - to) / (slow - fast)).toBeCloseTo(Math.log(8 / 5) / Math.log(1200 / 640), 2);
  });

  it('has no mark and no entry for what was not measured', () => {
    const without = engineTimes(races.slice(1, 2), 'wide');
    expect(without.key.map(({ engine }) => engine)).toEqual(['ours', 'web']);
    expect(without.rows[0]?.marks).toHaveLength(2);
  });

  it('looks as it did', async () => {
    const geometry = engineTimes(races, 'narrow');
    await expect(svgOf(<EngineTimesDrawing geometry={geometry} />)).toMatchFileSnapshot(
      snapshot('engine-times-narrow'),
    );
  });
});
