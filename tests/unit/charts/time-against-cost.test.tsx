import { describe, expect, it } from 'vitest';
import { timeAgainstCost } from '../../../src/charts/time-against-cost/geometry.ts';
import { TimeDrawing } from '../../../src/charts/time-against-cost/View.tsx';
import { LAYOUTS } from '../../../src/charts/shared/svg.ts';
import { timedVariants } from '../../../src/zoo/timing.ts';
import { snapshot, svgOf } from './svg.ts';

const timed = timedVariants();

describe.each(LAYOUTS)('times against costs, %s', (layout) => {
  const g = timeAgainstCost(timed, layout);

  it('keeps every dot in its panel, and the panels apart', () => {
    for (const { dots, left, right, top, bottom } of g.panels) {
      expect(dots).toHaveLength(12);
      for (const { x, y } of dots) {
        expect(x).toBeGreaterThan(left);
        expect(x).toBeLessThan(right);
        expect(y).toBeGreaterThan(top);
        expect(y).toBeLessThan(bottom);
      }
      expect(right).toBeLessThanOrEqual(g.width);
      expect(bottom).toBeLessThan(g.height);
    }
    for (const [i, panel] of g.panels.entries())
      for (const other of g.panels.slice(i + 1))
        expect(other.left > panel.right || other.top > panel.bottom).toBe(true);
  });

  it('shows the point: flatter than proportion by multiply-adds, steeper by activations', () => {
    const above = (cost: 'flops' | 'acts', index: number) => {
      const panel = g.panels.find((p) => p.cost === cost);
      const dot = panel?.dots.at(index);
      const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = (panel?.proportional ?? '')
        .slice(1)
        .split('L')
        .map((point) => point.split(',').map(Number));
      const line = y1 + (((dot?.x ?? 0) - x1) * (y2 - y1)) / (x2 - x1);
      return line - (dot?.y ?? 0);
    };
    expect(above('flops', 0)).toBeGreaterThan(5);
    expect(above('flops', -1)).toBeLessThan(-5);
    expect(above('acts', -1)).toBeGreaterThan(5);
  });

  it('is drawn as before', async () => {
    await expect(svgOf(<TimeDrawing geometry={g} />)).toMatchFileSnapshot(
      snapshot(`time-against-cost-${layout}`),
    );
  });
});
