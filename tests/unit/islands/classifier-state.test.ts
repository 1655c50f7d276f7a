import { describe, expect, test } from 'vitest';
import type { Preprocessing } from '../../../src/checkpoints/index.ts';
import type { LabelledClassification } from '../../../src/engine/labels.ts';
import type { ClassifierInfo } from '../../../src/engine/types.ts';
import {
  checkpointId,
  initialState,
  reduce,
  type PanelAction,
  type PanelState,
} from '../../../src/islands/classifier/state.ts';

const SHIPPED = { kind: 'shipped', id: 'regnetx_002.tiny-imagenet-200' } as const;

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

const RESULT: LabelledClassification = {
  predictions: [{ index: 1, label: 'class 1', probability: 0.75 }],
  crop: { width: 1, height: 1, data: new Uint8ClampedArray(4) },
  firstMs: 400,
};

const asked = (request: number, subject: string | null = 'a cat'): PanelAction => ({
  type: 'asked',
  request,
  subject,
  backend: 'webgl',
  checkpoint: SHIPPED,
});
const failure = (request: number): PanelAction => ({
  type: 'failed',
  request,
  problem: { code: 'picture', message: 'This file is empty.' },
  checkpoint: SHIPPED,
});

const after = (...actions: PanelAction[]): PanelState =>
  actions.reduce(reduce, initialState(SHIPPED));

describe('one request', () => {
  const steps: PanelAction[] = [
    asked(1),
    { type: 'received', request: 1, bytes: 100 },
    { type: 'opened', request: 1, info: INFO },
    { type: 'classified', request: 1, result: RESULT },
    { type: 'timed', request: 1, timing: { medianMs: 9.8, passes: 20 } },
  ];

  test('goes from loading to done', () => {
    const phases = steps.map((_, i) => after(...steps.slice(0, i + 1)).phase);
    expect(phases).toEqual(['loading', 'loading', 'running', 'running', 'done']);
  });

  test('shows the result while it is still being timed', () => {
    expect(after(...steps.slice(0, 4))).toMatchObject({ result: RESULT, timing: null });
  });

  test('without a picture ends in ready', () => {
    expect(after(asked(1, null), { type: 'opened', request: 1, info: INFO }).phase).toBe('ready');
  });

  test('that fails leaves the sentence and no result', () => {
    expect(after(...steps, failure(1))).toMatchObject({
      phase: 'error',
      result: null,
      timing: null,
      problem: { message: 'This file is empty.' },
    });
  });
});

describe('the latest request wins', () => {
  const second = after(asked(1), asked(2, 'a dog'));

  test.each<PanelAction>([
    { type: 'received', request: 1, bytes: 100 },
    { type: 'opened', request: 1, info: INFO },
    { type: 'classified', request: 1, result: RESULT },
    { type: 'timed', request: 1, timing: null },
    failure(1),
    asked(1),
  ])('over a late $type', (late) => {
    expect(reduce(second, late)).toBe(second);
  });

  test('and clears what the last one showed', () => {
    const next = after(asked(1), failure(1), asked(2));
    expect(next).toMatchObject({ phase: 'loading', problem: null, result: null });
  });
});

test('bytes that arrive after the network is open do not bring the progress bar back', () => {
  const open = after(asked(1), { type: 'opened', request: 1, info: INFO });
  expect(reduce(open, { type: 'received', request: 1, bytes: 5 })).toBe(open);
});

test('a file that does not run gives way to what ships', () => {
  const own = after({
    type: 'asked',
    request: 1,
    subject: null,
    backend: 'webgl',
    checkpoint: { kind: 'local', fileName: 'notes.txt', settings: null },
  });
  expect(checkpointId(own.checkpoint)).toBe('local');
  const failed = reduce(own, failure(1));
  expect(checkpointId(failed.checkpoint)).toBe('regnetx_002.tiny-imagenet-200');
});

test('a download that is stopped leaves what ships, and what it still brings is not shown', () => {
  const official = { kind: 'official', id: 'regnetx_002.pycls_in1k' } as const;
  const loading = after({ ...asked(1), checkpoint: official } as PanelAction, {
    type: 'received',
    request: 1,
    bytes: 5,
    total: 10,
    secondsLeft: 3,
  });
  expect(loading).toMatchObject({ received: 5, total: 10, secondsLeft: 3, checkpoint: official });
  const stopped = reduce(loading, { type: 'cancelled', request: 2, checkpoint: SHIPPED });
  expect(stopped).toEqual({ ...initialState(SHIPPED), request: 2 });
  expect(reduce(stopped, failure(1))).toBe(stopped);
});

describe('what the device is found to be', () => {
  const PARITY = { reference: 'cpu', difference: 1e-7, tolerance: 0, limit: 1e-4 } as const;
  const LAYERS = { method: 'clock', layers: [] } as const;
  const done = after(
    { ...asked(1), way: 'wasm', notice: 'Once more.' } as PanelAction,
    { type: 'opened', request: 1, info: INFO },
    { type: 'classified', request: 1, result: RESULT },
    { type: 'checked', request: 1, parity: PARITY },
    { type: 'timed', request: 1, timing: null },
    { type: 'layers', request: 1, layers: LAYERS },
  );

  test('stands beside the result, and goes with the next request', () => {
    expect(done).toMatchObject({ parity: PARITY, layers: LAYERS, way: 'wasm' });
    expect(done.notice).toBe('Once more.');
    const next = { parity: null, layers: null, way: null, notice: null };
    expect(reduce(done, asked(2))).toMatchObject(next);
  });

  test('is known at once where the same classifier is asked again', () => {
    const again = after(asked(1), { type: 'opened', request: 1, info: INFO, parity: PARITY });
    expect(again.parity).toBe(PARITY);
  });

  test('of an older request is not shown', () => {
    const next = reduce(done, asked(2));
    expect(reduce(next, { type: 'checked', request: 1, parity: PARITY })).toBe(next);
  });

  test('a way chosen before anything ran stays a choice', () => {
    const chosen = after({ type: 'way', request: 0, way: 'webgl-float16', backend: 'webgl' });
    expect(chosen).toMatchObject({ phase: 'idle', way: 'webgl-float16', backend: 'webgl' });
  });
});
