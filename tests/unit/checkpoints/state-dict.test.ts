import { expect, test } from 'vitest';
import { stateDictOf } from '../../../src/checkpoints/state-dict.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';

const tensor = (): Tensor => new Tensor(new Storage('F32', new Uint8Array(4)), [1]);
const weights = (name = 'fc.bias'): Map<string, Tensor> => new Map([[name, tensor()]]);
const wrapperOf = (saved: Map<string, unknown>): string => stateDictOf(saved).wrapper.join('.');

test.each(['state_dict', 'model', 'model_state', 'ema_state', 'model_ema', 'state_dict_ema'])(
  'weights are found under %s',
  (key) => {
    const { wrapper, tensors } = stateDictOf(
      new Map<string, unknown>([
        ['epoch', 3],
        [key, weights()],
      ]),
    );
    expect(wrapper).toEqual([key]);
    expect([...tensors.keys()]).toEqual(['fc.bias']);
  },
);

test('wrappers within wrappers and repeated prefixes are taken off', () => {
  const saved = new Map([['model', new Map([['state_dict', weights('module.module.fc.bias')]])]]);
  expect(stateDictOf(saved).wrapper).toEqual(['model', 'state_dict']);
  expect([...stateDictOf(saved).tensors.keys()]).toEqual(['fc.bias']);
});

test('averaged weights come before plain ones, as timm loads them', () => {
  const saved = new Map([
    ['state_dict', weights()],
    ['state_dict_ema', weights()],
  ]);
  expect(wrapperOf(saved)).toBe('state_dict_ema');
});

test('pycls takes the average only where it erred less', () => {
  const both: [string, unknown][] = [
    ['model_state', weights()],
    ['ema_state', weights()],
  ];
  expect(wrapperOf(new Map(both))).toBe('model_state');
  expect(wrapperOf(new Map([...both, ['test_err', 30.1], ['ema_err', 29.9]]))).toBe('ema_state');
  expect(wrapperOf(new Map([...both, ['test_err', 29.9], ['ema_err', 30.1]]))).toBe('model_state');
});

test('a file that nests without end is not followed', () => {
  const loop = new Map<string, unknown>();
  loop.set('model', loop);
  expect(stateDictOf(loop).tensors.size).toBe(0);
});

test('one tensor under two prefixes is refused', () => {
  const saved = new Map([...weights('fc.bias'), ...weights('module.fc.bias')]);
  expect(() => stateDictOf(saved)).toThrow(
    'The tensors fc.bias and module.fc.bias are different, but their names mean the same; only one of them can be right.',
  );
});
