import { describe, expect, test } from 'vitest';
import type { Preprocessing } from '../../../src/checkpoints/index.ts';
import type { LabelledClassification } from '../../../src/engine/labels.ts';
import type { ClassifierInfo } from '../../../src/engine/types.ts';
import type { Weights } from '../../../src/islands/classifier/chosen.ts';
import type {
  Effect,
  Machine,
  Opened,
  Picture,
  Report,
  Step,
  Wish,
} from '../../../src/islands/classifier/events.ts';
import { initialMachine, transition } from '../../../src/islands/classifier/machine.ts';
import { checkpointId } from '../../../src/islands/classifier/state.ts';
import { wayOf } from '../../../src/islands/classifier/ways.ts';

const SHIPPED: Weights = {
  kind: 'shipped',
  file: { id: 'regnetx_002.tiny-imagenet-200', url: 'a', bytes: 5e6, sha256: '0' },
};
const PREPROCESSING: Preprocessing = {
  resize: 8,
  crop: 8,
  interpolation: 'bilinear',
  channelOrder: 'RGB',
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const INFO: ClassifierInfo = {
  backend: 'webgl',
  gpu: 'A graphics card',
  precision: 'float32',
  gpuBytes: 16e6,
  variant: 'regnetx_002',
  scheme: { id: 'timm', label: 'timm' },
  channelOrder: 'RGB',
  classes: 2,
  channelOrderFrom: 'custom',
  classNames: null,
  labels: null,
  preprocessing: PREPROCESSING,
  likely: { preprocessing: PREPROCESSING, labels: null },
  description: null,
};
const OPENED: Opened = { info: INFO, found: null, because: null, notKept: null };
const CONTENDING: Opened = {
  ...OPENED,
  found: { webgl: 'A graphics card', wasm: 'the processor' },
};
const RESULT: LabelledClassification = {
  predictions: [{ index: 1, label: 'class 1', probability: 0.75 }],
  crop: { width: 1, height: 1, data: new Uint8ClampedArray(4) },
  firstMs: 400,
};
const TIMING = { medianMs: 9.8, passes: 20 };
const PARITY = { reference: 'cpu', difference: 1e-7, tolerance: 0, limit: 1e-4 } as const;
const FILE = new Blob(['a picture']);
const cat: Picture = { name: 'a cat', load: () => Promise.resolve(FILE) };
const dog: Picture = { name: 'a dog', load: () => Promise.resolve(FILE) };
const own = (name = 'own.pth') => new File(['weights'], name);

const start = () => initialMachine(SHIPPED, null);

/** The state after all events, and everything that was to be done. */
function after(machine: Machine, ...events: (Wish | Report)[]): Step {
  return events.reduce<Step>(
    ([state, done], event) => {
      const [next, effects] = transition(state, event);
      return [next, [...done, ...effects]];
    },
    [machine, []],
  );
}

const types = (effects: readonly Effect[]) => effects.map(({ type }) => type);
const classify = (picture = cat): Wish => ({ type: 'classify', picture });
const opened = (opening = 1, what = OPENED): Report => ({ type: 'opened', opening, ...what });
const loaded = (request = 1): Report => ({ type: 'loaded', request, file: FILE });
const classified = (request = 1): Report => ({ type: 'classified', request, result: RESULT });
const checked = (opening = 1): Report => ({ type: 'checked', opening, parity: PARITY });
const timed = (request = 1, trial = {}): Report => ({
  type: 'timed',
  request,
  timing: TIMING,
  trial,
});
const failure = (
  code: 'picture' | 'mismatch' | 'context-lost' | 'checkpoint' | 'download',
  request: number | null = 1,
  opening: number | null = 1,
): Report => ({ type: 'failed', request, opening, problem: { code, message: code } });

const whole = [classify(), opened(), loaded(), classified(), checked(), timed()];

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

describe('which way to compute', () => {
  test('is only shown before anything runs, and begun anew afterwards', () => {
    const wasm = wayOf('wasm') ?? null;
    const [shown, first] = after(start(), { type: 'compute', way: wasm });
    expect(shown.panel).toMatchObject({ phase: 'idle', way: 'wasm', backend: 'wasm' });
    expect(types(first)).toEqual(['remember']);
    const [, effects] = after(...[after(start(), ...whole)[0]], { type: 'compute', way: wasm });
    expect(types(effects)).toEqual(['remember', 'close', 'open', 'load']);
  });

  const contest = [classify(), opened(1, CONTENDING), loaded(), classified(), checked(), timed()];
  const rivalTimed = (opening: number, trial: object): Report => ({
    type: 'rival-timed',
    opening,
    opened: { ...CONTENDING, info: { ...INFO, backend: 'wasm' } },
    trial,
  });

  test('is tried where the device has several, before the time is shown', () => {
    const [machine, effects] = after(start(), ...contest);
    expect(machine.panel).toMatchObject({ phase: 'running', timing: null });
    expect(effects.at(-1)).toMatchObject({
      type: 'try',
      rival: { backend: 'wasm', against: TIMING.medianMs },
    });
  });

  test('changes to the quicker one, which answers anew', () => {
    const [machine, effects] = after(
      start(),
      ...contest,
      rivalTimed(2, { webgl: TIMING.medianMs, wasm: 2 }),
      loaded(2),
    );
    expect(effects.slice(-3)).toMatchObject([
      { type: 'close', opening: 1 },
      { type: 'load' },
      { type: 'classify', opening: 2 },
    ]);
    expect(machine.panel.because).toBe(
      'WebAssembly computes: in a trial on this device it took 2.0 ms, WebGL 9.8 ms.',
    );
  });

  test('stays where the other is slower or does not run', () => {
    for (const late of [
      rivalTimed(2, { webgl: TIMING.medianMs, wasm: 20 }),
      { ...rivalTimed(2, {}), opened: null } as Report,
    ]) {
      const [machine, effects] = after(start(), ...contest, late);
      expect(machine.panel).toMatchObject({ phase: 'done', timing: TIMING });
      expect(effects.at(-1)).toEqual({ type: 'close', opening: 2 });
    }
  });

  test('a trial ends when the visitor asks for something else', () => {
    const [machine, effects] = after(start(), ...contest, classify(dog));
    expect(effects.at(-2)).toEqual({ type: 'close', opening: 2 });
    expect(machine.rival).toBeNull();
    expect(after(machine, rivalTimed(2, { wasm: 1, webgl: 9 }))).toEqual([machine, []]);
  });

  test('is not tried again where it was, or where the visitor chose', () => {
    const [known] = after(start(), ...contest.slice(0, 5), timed(1, { webgl: 9.8, wasm: 20 }));
    expect(known.panel.phase).toBe('done');
    const webgl = initialMachine(SHIPPED, wayOf('webgl') ?? null);
    expect(after(webgl, ...contest)[0].panel.phase).toBe('done');
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
