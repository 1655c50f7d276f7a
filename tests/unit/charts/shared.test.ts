import { describe, expect, it } from 'vitest';
import {
  active,
  NOTHING,
  select,
  step,
  type Selection,
  type SelectionEvent,
} from '../../../src/charts/shared/selection.ts';
import { r, stageClass } from '../../../src/charts/shared/svg.ts';
import { spread, textWidth } from '../../../src/charts/shared/text.ts';

describe('selection', () => {
  const after = (...events: SelectionEvent[]): Selection =>
    events.reduce<Selection>(select, NOTHING);

  it('shows what is under the pointer, and nothing when it leaves', () => {
    expect(active(after({ type: 'point', mark: 3 }))).toBe(3);
    expect(active(after({ type: 'point', mark: 3 }, { type: 'leave' }))).toBeNull();
  });

  it('keeps what was tapped: on a touch screen the pointer leaves as the finger lifts', () => {
    const tapped = after({ type: 'point', mark: 2 }, { type: 'keep', mark: 2 }, { type: 'leave' });
    expect(active(tapped)).toBe(2);
    expect(active(select(tapped, { type: 'point', mark: 5 }))).toBe(5);
    expect(active(select(tapped, { type: 'clear' }))).toBeNull();
  });

  it('follows the keyboard away from a resting pointer', () => {
    expect(active(after({ type: 'point', mark: 1 }, { type: 'keep', mark: 4 }))).toBe(4);
  });

  it('moves by arrow keys and stops at the ends', () => {
    expect(step('ArrowRight', 0, 13)).toBe(1);
    expect(step('ArrowRight', 12, 13)).toBe(12);
    expect(step('ArrowLeft', 0, 13)).toBe(0);
    expect(step('Home', 7, 13)).toBe(0);
    expect(step('End', 7, 13)).toBe(12);
    expect(step('a', 7, 13)).toBeNull();
    expect(step('Tab', 7, 13)).toBeNull();
  });
});

describe('spread', () => {
  it('leaves labels where they are when they have room', () => {
    expect(spread([10, 50, 90], [20, 20, 20], [0, 100])).toEqual([10, 50, 90]);
  });

  it('moves crowded labels apart as little as possible', () => {
    expect(spread([50, 50], [20, 20], [0, 100])).toEqual([40, 60]);
    expect(spread([48, 50, 52], [20, 20, 20], [0, 100])).toEqual([30, 50, 70]);
  });

  it('keeps labels inside, and says so when they do not fit', () => {
    expect(spread([0, 2], [20, 20], [0, 100])).toEqual([10, 30]);
    expect(spread([99, 100], [20, 20], [0, 100])).toEqual([70, 90]);
    expect(spread([10, 20, 30], [40, 40, 40], [0, 100])).toBeNull();
  });
});

it('estimates wide characters wider than narrow ones', () => {
  expect(textWidth('multiply-adds', 10)).toBeGreaterThan(textWidth('illillillilli', 10));
  expect(textWidth('368', 12)).toBeCloseTo(3 * 0.62 * 12);
});

it('rounds coordinates to hundredths, without a negative zero', () => {
  expect([1.005, 2.3456, -0.001].map(r)).toEqual([1, 2.35, 0]);
});

it('gives a stage its colour, and starts again after five', () => {
  expect([0, 1, 4, 5, 6].map(stageClass)).toEqual([
    'rx-stage-0',
    'rx-stage-1',
    'rx-stage-4',
    'rx-stage-5',
    'rx-stage-1',
  ]);
});
