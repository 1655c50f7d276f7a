/** Events of the panel's machine, as they come in a visit. */
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

export const SHIPPED: Weights = {
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
export const INFO: ClassifierInfo = {
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
export const OPENED: Opened = { info: INFO, found: null, because: null, notKept: null };
export const CONTENDING: Opened = {
  ...OPENED,
  found: { webgl: 'A graphics card', wasm: 'the processor' },
};
export const RESULT: LabelledClassification = {
  predictions: [{ index: 1, label: 'class 1', probability: 0.75 }],
  crop: { width: 1, height: 1, data: new Uint8ClampedArray(4) },
  firstMs: 400,
};
export const TIMING = { medianMs: 9.8, passes: 20 };
export const PARITY = { reference: 'cpu', difference: 1e-7, tolerance: 0, limit: 1e-4 } as const;
const FILE = new Blob(['a picture']);
export const cat: Picture = { name: 'a cat', load: () => Promise.resolve(FILE) };
export const dog: Picture = { name: 'a dog', load: () => Promise.resolve(FILE) };
export const own = (name = 'own.pth') => new File(['weights'], name);

export const start = () => initialMachine(SHIPPED, null);

/** The state after all events, and everything that was to be done. */
export function after(machine: Machine, ...events: (Wish | Report)[]): Step {
  return events.reduce<Step>(
    ([state, done], event) => {
      const [next, effects] = transition(state, event);
      return [next, [...done, ...effects]];
    },
    [machine, []],
  );
}

export const types = (effects: readonly Effect[]) => effects.map(({ type }) => type);
export const classify = (picture = cat): Wish => ({ type: 'classify', picture });
export const opened = (opening = 1, what = OPENED): Report => ({
  type: 'opened',
  opening,
  ...what,
});
export const loaded = (request = 1): Report => ({ type: 'loaded', request, file: FILE });
export const classified = (request = 1): Report => ({
  type: 'classified',
  request,
  result: RESULT,
});
export const checked = (opening = 1): Report => ({ type: 'checked', opening, parity: PARITY });
export const timed = (request = 1, trial = {}): Report => ({
  type: 'timed',
  request,
  timing: TIMING,
  trial,
});
export const failure = (
  code: 'picture' | 'mismatch' | 'context-lost' | 'checkpoint' | 'download',
  request: number | null = 1,
  opening: number | null = 1,
): Report => ({ type: 'failed', request, opening, problem: { code, message: code } });

export const whole = [classify(), opened(), loaded(), classified(), checked(), timed()];
