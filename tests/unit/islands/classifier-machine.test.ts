import { describe, expect, test } from 'vitest';
import type { Report, Wish } from '../../../src/islands/classifier/events.ts';
import { initialMachine, transition } from '../../../src/islands/classifier/machine.ts';
import { checkpointId } from '../../../src/islands/classifier/state.ts';
import {
  RESULT,
  PARITY,
  cat,
  dog,
  own,
  start,
  types,
  classify,
  opened,
  loaded,
  classified,
  checked,
  timed,
  failure,
  whole,
  after,
} from './classifier-visit.ts';

describe('one request', () => {
  test('goes from loading to done', () => {
    const phases = whole.map((_, i) => after(start(), ...whole.slice(0, i + 1))[0].panel.phase);
    expect(phases).toEqual(['loading', 'loading', 'running', 'running', 'running', 'done']);
  });

  test('opens, classifies, checks and measures, in this order', () => {
    expect(types(after(start(), ...whole)[1])).toEqual([
      'open',
      'load',
      'classify',
      'check',
      'wait',
      'measure',
    ]);
  });

  test('does not mind which comes first, picture or weights', () => {
    const [machine, effects] = after(start(), classify(), loaded(), opened());
    expect(machine.panel.phase).toBe('running');
    expect(types(effects)).toEqual(['open', 'load', 'classify']);
  });

  test('shows the answer once the device is checked, or has not been for too long', () => {
    const [unchecked] = after(start(), ...whole.slice(0, 4));
    expect(unchecked.panel.result).toBeNull();
    expect(after(unchecked, checked())[0].panel).toMatchObject({ result: RESULT, parity: PARITY });
    const [late] = after(unchecked, { type: 'overdue', request: 1 });
    expect(late.panel).toMatchObject({ result: RESULT, parity: null, timing: null });
  });

  test('without a picture ends in ready', () => {
    const [machine, effects] = after(start(), { type: 'retry' }, opened(), checked());
    expect(machine.panel).toMatchObject({ phase: 'ready', parity: PARITY });
    expect(machine.work).toBeNull();
    expect(types(effects)).toEqual(['open', 'check']);
  });

  test('after another finds the classifier open and the device checked', () => {
    const [machine] = after(start(), ...whole);
    const [next, effects] = after(machine, classify(dog), loaded(2), classified(2), timed(2));
    expect(types(effects)).toEqual(['load', 'classify', 'measure']);
    expect(next.panel).toMatchObject({ phase: 'done', subject: 'a dog', parity: PARITY });
  });

  test('without weights says so, and the picture is next', () => {
    const [machine] = after(initialMachine(null, null), classify());
    expect(machine.panel.problem?.message).toMatch(/^No weights are chosen yet/);
    const [, effects] = after(machine, { type: 'choose', file: own() }, { type: 'retry' });
    expect(types(effects)).toEqual(['forget', 'open', 'load']);
  });
});

describe('the latest request wins', () => {
  const [second] = after(start(), classify(), opened(), loaded(), classify(dog));

  test.each<Report>([
    loaded(1),
    classified(1),
    timed(1),
    { type: 'overdue', request: 1 },
    { type: 'progress', opening: 7, progress: { received: 1, total: 2, secondsLeft: null } },
    failure('picture', 1, null),
  ])('over a late $type', (late) => {
    expect(transition(second, late)).toEqual([second, []]);
  });

  test('and clears what the last one showed', () => {
    const [failed] = after(start(), classify(), failure('picture', 1, null));
    expect(failed.panel).toMatchObject({ phase: 'error', problem: { code: 'picture' } });
    expect(after(failed, classify())[0].panel).toMatchObject({ phase: 'loading', problem: null });
  });

  test('over a check of the device that an earlier one began', () => {
    const [machine, effects] = after(
      start(),
      ...whole.slice(0, 4),
      classify(dog),
      checked(),
      loaded(2),
      classified(2),
    );
    expect(machine.panel).toMatchObject({ result: RESULT, parity: PARITY });
    expect(types(effects).filter((type) => type === 'check')).toHaveLength(1);
    expect(effects.at(-1)).toEqual({ type: 'measure', request: 2, opening: 1 });
  });
});

describe('weights on their way', () => {
  const progress = { received: 5, total: 10, secondsLeft: 3 };
  const arriving: Report = { type: 'progress', opening: 1, progress };

  test('are told, and their silence', () => {
    const [machine] = after(start(), classify(), arriving);
    expect(machine.panel).toMatchObject({ ...progress, quiet: false });
    const [quiet] = after(machine, { type: 'quiet', opening: 1 });
    expect(quiet.panel).toMatchObject({ quiet: true, secondsLeft: null });
  });

  test('do not bring the progress bar back once the network is open', () => {
    const [open] = after(start(), classify(), opened(), loaded());
    expect(transition(open, arriving)).toEqual([open, []]);
  });

  test('can be stopped: what ships is chosen again, and what still comes is not shown', () => {
    const official = { id: 'regnetx_002.pycls_in1k', bytes: 1e7 } as never;
    const [loading] = after(start(), { type: 'official', weights: official, otherwise: cat });
    expect(checkpointId(loading.panel.checkpoint)).toBe('regnetx_002.pycls_in1k');
    const [stopped, effects] = after(loading, { type: 'cancel' });
    expect(effects).toEqual([{ type: 'put-aside', opening: 1, request: 2 }]);
    const [idle] = after(stopped, { type: 'put-aside', request: 2 });
    expect(idle.panel).toEqual(start().panel);
    expect(after(idle, failure('download'), opened())[0].panel).toEqual(idle.panel);
  });

  test('a second click on the same is no reason to begin anew', () => {
    const official = { id: 'regnetx_002.pycls_in1k', bytes: 1e7 } as never;
    const wish: Wish = { type: 'official', weights: official, otherwise: cat };
    expect(types(after(start(), wish, wish)[1])).toEqual(['forget', 'open', 'load', 'load']);
  });
});

describe('failures', () => {
  test.each([
    ['picture', []],
    ['mismatch', []],
    ['download', ['close']],
    ['checkpoint', ['close']],
  ] as const)('by %s', (code, closed) => {
    const [running] = after(start(), classify(), opened(), loaded());
    const [machine, effects] = transition(running, failure(code));
    expect(machine.panel).toMatchObject({ phase: 'error', result: null, problem: { code } });
    expect(types(effects)).toEqual(closed);
  });

  test('of a file that does not run give way to what ships', () => {
    const [local] = after(start(), { type: 'choose', file: own() }, { type: 'retry' });
    expect(checkpointId(local.panel.checkpoint)).toBe('local');
    const [failed] = after(local, failure('checkpoint', null));
    expect(checkpointId(failed.panel.checkpoint)).toBe('regnetx_002.tiny-imagenet-200');
  });

  test('of a check end the request that waits for it', () => {
    const [machine] = after(start(), ...whole.slice(0, 4), failure('mismatch', null));
    expect(machine.panel).toMatchObject({ phase: 'error', result: null });
    expect(machine.work).toBeNull();
  });
});

describe('a GPU that is lost', () => {
  const [done] = after(start(), ...whole);

  test('while nobody asks is asked once more, and told', () => {
    const [again, effects] = after(done, { type: 'lost', opening: 1 });
    expect(types(effects)).toEqual(['close', 'open', 'load']);
    expect(again.panel.notice).toMatch(/^The browser had taken the graphics processor away/);
    const [lost] = after(again, ...[opened(2), loaded(2), classified(2), checked(2), timed(2)], {
      type: 'lost',
      opening: 2,
    });
    expect(lost.panel.problem?.message).toMatch(/took the graphics processor away again/);
    // The visitor may ask once more.
    expect(types(after(lost, { type: 'retry' })[1])).toEqual(['open', 'load']);
  });

  test('during a request begins it anew, once', () => {
    const [running] = after(start(), classify(), opened(), loaded());
    expect(after(running, { type: 'lost', opening: 1 })).toEqual([running, []]);
    const [again, effects] = after(running, failure('context-lost'));
    expect(types(effects)).toEqual(['close', 'open', 'load']);
    const [failed] = after(again, opened(2), loaded(2), failure('context-lost', 2, 2));
    expect(failed.panel.phase).toBe('error');
  });

  test('is not the one that was closed before', () => {
    const [next] = after(done, { type: 'choose', file: own() });
    expect(after(next, { type: 'lost', opening: 1 })).toEqual([next, []]);
  });

  test('a thread that dies is told, not begun anew', () => {
    const problem = { code: 'worker-lost', message: 'It ended.' } as const;
    const [machine, effects] = after(done, { type: 'died', opening: 1, problem });
    expect(machine.panel).toMatchObject({ phase: 'error', problem });
    expect(types(effects)).toEqual(['close']);
  });
});

test('times of layers belong to the classifier that stands', () => {
  const layers = { method: 'clock', layers: [] } as const;
  expect(after(start(), { type: 'layers' })).toEqual([start(), []]);
  const [done] = after(start(), ...whole);
  const [measuring] = after(done, { type: 'layers' });
  expect(measuring.panel.layers).toBe('measuring');
  const [measured] = after(measuring, { type: 'layers-timed', opening: 1, layers });
  expect(measured.panel.layers).toEqual(layers);
  expect(after(done, { type: 'layers-timed', opening: 4, layers })).toEqual([done, []]);
});
