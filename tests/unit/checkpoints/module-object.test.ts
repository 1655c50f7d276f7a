import { expect, test } from 'vitest';
import { stateDictOfModule } from '../../../src/checkpoints/module-object.ts';
import { ForeignTensor, Placeholder } from '../../../src/checkpoints/placeholder.ts';
import { Tensor, toFloat32 } from '../../../src/checkpoints/tensor.ts';
import { readTorchZip } from '../../../src/checkpoints/torch-zip.ts';
import { fixture } from './fixtures.ts';

/** A module as torch.save leaves it. */
function moduleOf(
  parameters: Record<string, unknown>,
  modules: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
): Placeholder {
  const module = new Placeholder('torch.nn.modules.module.Module');
  module.state = new Map<string, unknown>([
    ['_parameters', new Map(Object.entries(parameters))],
    ['_buffers', new Map()],
    ['_modules', new Map(Object.entries(modules))],
    ...Object.entries(rest),
  ]);
  return module;
}
const weight = new ForeignTensor('a test');

test('a network of torchvision, saved as an object, has the weights of its state dict', () => {
  const { saved } = readTorchZip(fixture('checkpoints/torchvision-0.28.0-module.pth'));
  const { saved: expected } = readTorchZip(fixture('checkpoints/torchvision-zip.pth'));
  if (!(saved instanceof Placeholder && expected instanceof Map)) throw new Error('Not read.');
  const found = stateDictOfModule(saved);
  expect([...(found?.keys() ?? [])]).toEqual([...expected.keys()]);
  for (const [name, tensor] of found ?? []) {
    const other: unknown = expected.get(name);
    if (!(tensor instanceof Tensor && other instanceof Tensor)) throw new Error(name);
    expect(toFloat32(tensor), name).toEqual(toFloat32(other));
  }
});

test('names come in the order of state_dict(), without what is not saved', () => {
  const inner = moduleOf({ weight, bias: null });
  const outer = moduleOf(
    { scale: weight },
    { a: inner, b: null, c: inner },
    {
      _buffers: new Map([
        ['mean', weight],
        ['cache', weight],
      ]),
      _non_persistent_buffers_set: ['cache'],
    },
  );
  expect([...(stateDictOfModule(outer)?.keys() ?? [])]).toEqual([
    'scale',
    'mean',
    'a.weight',
    'c.weight',
  ]);
});

test('a module that torch.fx saved is read through its attributes', () => {
  const { state } = moduleOf({ weight });
  const call = new Placeholder('torch.fx.graph_module.reduce_graph_module', [
    state,
    'import torch',
  ]);
  expect(stateDictOfModule(call)?.get('weight')).toBe(weight);
});

test('what is no module is none', () => {
  expect(stateDictOfModule(new Placeholder('os.system', ['echo']))).toBeUndefined();
});

test('modules that hold themselves, or each other twice to any depth, are refused', () => {
  const modules: Record<string, unknown> = {};
  const loop = moduleOf({ weight }, modules);
  const limit = expect.objectContaining({ code: 'limit' }) as Error;
  const { state } = loop;
  if (state instanceof Map) state.set('_modules', new Map([['again', loop]]));
  expect(() => stateDictOfModule(loop)).toThrow(limit);
  let twice = moduleOf({});
  for (let depth = 0; depth < 40; depth++) twice = moduleOf({}, { a: twice, b: twice });
  expect(() => stateDictOfModule(twice)).toThrow(limit);
});
