import { describe, expect, it } from 'vitest';
import {
  ask,
  ASKED,
  budgetAt,
  sliderEnds,
  STEPS,
  stepOf,
  type Asking,
} from '../../../src/islands/which/state.ts';
import { times } from '../../../src/zoo/speed.ts';
import { allOptions, AXES } from '../../../src/zoo/choice.ts';

const after = (...events: Asking[]) => events.reduce(ask, ASKED);

describe('the question', () => {
  it('keeps a budget for each axis', () => {
    const state = after(
      { type: 'budget', budget: 6 },
      { type: 'axis', axis: 'params' },
      { type: 'budget', budget: 30 },
      { type: 'axis', axis: 'flops' },
    );
    expect(state.question).toMatchObject({ axis: 'flops', budget: 6 });
    expect(ask(state, { type: 'axis', axis: 'params' }).question.budget).toBe(30);
  });

  it('forgets the limit, not the number', () => {
    const state = after({ type: 'budget', budget: 6 }, { type: 'limit', limited: false });
    expect(state.question.budget).toBeNull();
    expect(ask(state, { type: 'axis', axis: 'acts' }).question.budget).toBeNull();
    expect(ask(state, { type: 'limit', limited: true }).question.budget).toBe(6);
  });

  it('always shows some weights, in one order', () => {
    const hide = (weights: 'ours' | 'official' | 'v2'): Asking => ({
      type: 'show',
      weights,
      shown: false,
    });
    const state = after(hide('ours'), hide('official'), hide('v2'));
    expect(state.question.weights).toEqual(['v2']);
    const both = ask(state, { type: 'show', weights: 'ours', shown: true });
    expect(both.question.weights).toEqual(['ours', 'v2']);
  });

  it('has a second budget of another cost than the first', () => {
    const state = after(
      { type: 'second', change: { limited: true } },
      { type: 'second', change: { budget: 12 } },
    );
    expect(state.question.second).toEqual({ axis: 'cpu', budget: 12 });
    const bytes = ask(state, { type: 'second', change: { axis: 'bytes' } });
    expect(bytes.question.second).toEqual({ axis: 'bytes', budget: ASKED.budgets.bytes });
    // The number of each cost is remembered; a cost that becomes the axis is no second one.
    expect(ask(bytes, { type: 'second', change: { axis: 'cpu' } }).question.second?.budget).toBe(
      12,
    );
    const axis = ask(bytes, { type: 'axis', axis: 'bytes' });
    expect(axis.question.second).toBeNull();
    expect(axis.secondAxis).toBe('flops');
    const chosen = after({ type: 'second', change: { axis: 'acts' } });
    expect(chosen.question.second).toBeNull();
    expect(ask(chosen, { type: 'second', change: { limited: true } }).question.second?.axis).toBe(
      'acts',
    );
  });

  it('takes what an address asks for', () => {
    const question = {
      axis: 'time',
      scale: 'linear',
      weights: ['v2'],
      budget: 60,
      second: { axis: 'bytes', budget: 30 },
      lost: true,
      others: true,
    } as const;
    const state = ask(ASKED, { type: 'open', question, problems: ['A sentence.'] });
    expect(state.question).toEqual(question);
    expect(state.budgets).toMatchObject({ time: 60, bytes: 30 });
    expect(state.secondAxis).toBe('bytes');
    expect(ask(state, { type: 'scale', scale: 'log' }).problems).toEqual([]);
  });
});

describe('the slider', () => {
  it.each(AXES)('buys nothing at one end and all at the other: %s', (axis) => {
    const options = allOptions(times());
    const ends = sliderEnds(options, axis);
    const costs = options.flatMap((o) => o.costs[axis] ?? []);
    const size = { flops: 1e9, params: 1e6, acts: 1e6, gpu: 1e-3, cpu: 1, time: 1, bytes: 1e6 }[
      axis
    ];
    expect(budgetAt(0, ends) * size).toBeLessThan(Math.min(...costs));
    expect(budgetAt(STEPS, ends) * size).toBeGreaterThan(Math.max(...costs));
    for (let step = 0; step <= STEPS; step++)
      expect(Math.abs(stepOf(budgetAt(step, ends), ends) - step)).toBeLessThanOrEqual(1);
  });
});
