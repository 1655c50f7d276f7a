import { describe, expect, test } from 'vitest';
import { requireFit } from '../../../src/checkpoints/index.ts';
import { ForeignTensor, Placeholder } from '../../../src/checkpoints/placeholder.ts';
import { stateDictOf } from '../../../src/checkpoints/state-dict.ts';
import type { Tensor } from '../../../src/checkpoints/tensor.ts';
import { models } from '../../../src/zoo/models.ts';
import { FILES } from './fixtures.ts';
import {
  dictionary,
  fitted,
  headed,
  object,
  prefixed,
  read,
  renamed,
  tensor,
  torchvision,
  weightsOf,
} from './saved-objects.ts';

describe('weights are found under any key', () => {
  test.each<[string, unknown]>([
    ['net', dictionary({ net: torchvision, acc: 0.9 })],
    ['params', dictionary({ params: torchvision, opt: dictionary({ step: 3 }) })],
    ['state.model', dictionary({ state: dictionary({ model: torchvision }) })],
    ['[0]', [torchvision, dictionary({ state: new Map(), param_groups: [] })]],
    ['history.[1]', dictionary({ history: ['x', torchvision] })],
    ['state_dict', dictionary({ model_ema: dictionary({ decay: 0.9 }), state_dict: torchvision })],
    ['state_dict', dictionary({ ema: tensor(1), state_dict: torchvision })],
    [
      'state_dict',
      dictionary({
        ema_state_dict: new Map([...torchvision, ['steps', tensor(1)]]),
        state_dict: torchvision,
      }),
    ],
    [
      'ema_state_dict',
      dictionary({ state_dict: torchvision, ema_state_dict: prefixed('module.') }),
    ],
    ['state_dict', dictionary({ model: object('a.Net', {}), state_dict: torchvision })],
  ])('%s', (wrapper, saved) => {
    expect(fitted(saved).wrapper.join('.')).toBe(wrapper);
  });

  test('objects that are dictionaries in their own code', () => {
    const weights = new Placeholder('easydict.EasyDict');
    for (const [name, value] of torchvision) weights.set(name, value);
    expect(fitted(dictionary({ weights })).wrapper).toEqual(['weights']);
  });

  test('an optimizer’s tensors are none', () => {
    const state = new Map([[0, dictionary({ momentum_buffer: tensor(3) })]]);
    expect(stateDictOf(dictionary({ state, param_groups: [] })).tensors.size).toBe(0);
  });

  test('a key that optimizers have hides no network', () => {
    for (const param_groups of [3, [dictionary({ lr: 0.1 })]])
      expect(fitted(dictionary({ state_dict: torchvision, param_groups })).wrapper).toEqual([
        'state_dict',
      ]);
  });

  test('of two whole networks the better known is read, and the other told', () => {
    const other = weightsOf('torchvision-legacy.pth');
    const { wrapper, others } = fitted(dictionary({ teacher: other, net: torchvision }));
    expect([wrapper, others]).toEqual([['teacher'], ['net']]);
    expect(fitted(dictionary({ teacher: other, model: torchvision })).wrapper).toEqual(['model']);
  });
});

describe('prefixes', () => {
  test.each(['net.', 'backbone.', 'encoder.', 'model.model.', 'a.b.c.d.'])(
    '%s is taken off',
    (prefix) => {
      expect(fitted(prefixed(prefix))).toMatchObject({ scheme: 'torchvision', taken: [prefix] });
    },
  );

  test.each(FILES.filter(({ name }) => !name.includes('fp16')))(
    '$name under network.',
    ({ name, scheme }) => {
      expect(fitted(prefixed('network.', weightsOf(name)))).toMatchObject({ scheme });
    },
  );

  test('d-li14’s whole network as a backbone takes RGB, MMPretrain’s BGR', () => {
    const names = (file: string) => fitted(weightsOf(file));
    expect(names('mmpretrain-zip.pth')).toMatchObject({ sourceChannelOrder: 'BGR', taken: [] });
    const backbone = prefixed('backbone.', weightsOf('d-li14-legacy.pth'));
    expect(fitted(backbone)).toMatchObject({ scheme: 'd-li14', sourceChannelOrder: 'RGB' });
  });

  test('modules that only wrap stand for nothing wherever they are', () => {
    const compiled = renamed(torchvision, (name) => name.replace('.', '._orig_mod.'));
    expect(fitted(compiled).taken).toEqual(['_orig_mod.']);
    const nested = prefixed('module.'.repeat(5000));
    expect(fitted(nested).taken).toEqual(['module.']);
  });

  test('one module under two names counts once, two that differ are told', () => {
    const twice = new Map([...prefixed('model.'), ...prefixed('backbone.')]);
    expect(fitted(twice)).toMatchObject({ taken: ['model.'], others: [] });
    const two = new Map([
      ...prefixed('model.'),
      ...prefixed('ema.', weightsOf('torchvision-legacy.pth')),
    ]);
    expect(fitted(two)).toMatchObject({ taken: ['model.'], others: ['ema.'] });
  });
});

describe('the classifier', () => {
  const linear = (module: string, outputs = 10, inputs = 72) =>
    [
      [`${module}.weight`, tensor(outputs, inputs)],
      [`${module}.bias`, tensor(outputs)],
    ] as const;

  test.each(['fc.0', 'fc.1', 'head.fc.1', 'classifier', 'my_own'])('%s', (module) => {
    expect(fitted(headed(...linear(module))).head).toEqual({ kind: 'one', module });
  });

  test('stands outside of the body’s prefix', () => {
    const body = [...headed()].map(([name, value]) => [`encoder.${name}`, value] as const);
    expect(fitted(new Map<string, Tensor>([...body, ...linear('fc')])).head).toMatchObject({
      module: 'fc',
    });
  });

  test('a projection beside it is passed over', () => {
    const { beside } = fitted(
      headed(...linear('fc'), ...linear('projector.0', 128), ...linear('projector.2', 64, 128)),
    );
    expect([...beside.keys()]).toContain('projector.2.weight');
  });

  test.each([
    [
      'none',
      [],
      'The file has no classifier (fc.weight), so it cannot tell classes apart; bring the whole network.',
    ],
    [
      'two of two layers',
      [...linear('fc.0', 32), ...linear('fc.3', 10, 32)],
      "The classifier fc has more than one layer (fc.0, fc.3), a RegNetX's is a single one; such a head does not run here.",
    ],
    [
      'a norm before it',
      [...linear('fc.1'), ['fc.0.running_mean', tensor(72)]],
      "The classifier fc has more than one layer (fc.0, fc.1), a RegNetX's is a single one; such a head does not run here.",
    ],
    [
      'two tasks',
      [...linear('colour'), ...linear('shape', 4)],
      'The network has 2 classifiers (colour, shape), a RegNetX one; save the one that is meant as fc.weight, without the others.',
    ],
  ] as const)('%s', (_, tensors, message) => {
    expect(() => requireFit(read(headed(...tensors)), models)).toThrow(message);
  });
});

describe('neighbours and other kinds', () => {
  const beside = (...names: readonly string[]) =>
    new Map<string, Tensor>([...torchvision, ...names.map((name) => [name, tensor(3)] as const)]);

  test('what stands beside a whole network is passed over', () => {
    const names = ['criterion.weight', 'ema_stem_0_weight', 'mean', 'val_acc.total'];
    expect([...fitted(beside(...names)).beside.keys()]).toEqual(names);
  });

  test('what stands within a block is a misfit', () => {
    const name = 'trunk_output.block1.block1-0.attn.weight';
    expect(() => requireFit(read(beside(name)), models)).toThrow(`${name} (3) has no place`);
  });

  test('a needed tensor of another kind is named for what it is, any other is passed over', () => {
    const foreign = (name: string) =>
      new Map<string, unknown>([...torchvision, [name, new ForeignTensor('a quantised tensor')]]);
    expect(() => read(foreign('fc.weight'))).toThrow('The tensor fc.weight is a quantised tensor');
    expect(fitted(foreign('observer.scale')).beside.get('observer.scale')).toBeNull();
    const object = new Map<string, unknown>([
      ...torchvision,
      ['fc.weight', new Placeholder('a.B')],
    ]);
    expect(() => read(object)).toThrow('The tensor fc.weight is an object (a.B)');
  });

  test.each([
    ['pruned', 'fc.weight', ['fc.weight_orig', 'fc.weight_mask'], 'The weights are pruned'],
    [
      'parametrised',
      'fc.weight',
      ['fc.parametrizations.weight.original0'],
      'The weights are parametrised',
    ],
    [
      'adapted',
      '',
      ['trunk_output.block1.block1-0.f.a.0.lora_A.weight'],
      'The file holds adapters',
    ],
  ])('%s', (_, without, names, sentence) => {
    const weights = beside(...names);
    weights.delete(without);
    expect(() => read(weights)).toThrow(sentence);
  });

  test('fused batch norm', () => {
    const fused = [...torchvision].flatMap(([name, value]) =>
      value.shape.length === 4
        ? ([
            [name, value],
            [name.replace('weight', 'bias'), tensor(value.shape[0] ?? 0)],
          ] as const)
        : name.startsWith('fc.')
          ? [[name, value] as const]
          : [],
    );
    expect(() => read(new Map(fused))).toThrow('The batch norms are fused into the convolutions');
  });

  test.each([
    ['blocks.0.attn.qkv.weight,patch_embed.proj.weight', 'a vision transformer'],
    ['features.denseblock1.denselayer1.conv1.weight', 'a DenseNet'],
    ['conv_stem.weight,blocks.0.0.conv_pw.weight', 'an EfficientNet or MobileNet'],
  ])('%s', (names, what) => {
    const weights = new Map(names.split(',').map((name) => [name, tensor(3)]));
    expect(() => read(weights)).toThrow(`are named as in ${what}; only RegNetX runs here.`);
  });

  test('a ResNet, whose names are d-li14’s', () => {
    const weights = new Map(weightsOf('d-li14-legacy.pth')).set(
      'conv1.weight',
      tensor(64, 3, 7, 7),
    );
    expect(() => requireFit(read(weights), models)).toThrow("The weights are a ResNet's");
  });
});

test('two names that become one are refused with both', () => {
  const first = 'trunk_output.block1.block1-0.f.a.0.weight';
  const second = 'trunk_output.block01.block01-00.f.a.0.weight';
  const twice = new Map(torchvision).set(second, tensor(16, 32, 1, 1));
  expect(() => read(twice)).toThrow(`The tensors ${first} and ${second} are different`);
});
