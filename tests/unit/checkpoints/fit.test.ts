import { describe, expect, test } from 'vitest';
import {
  fitRegNetX,
  readCheckpoint,
  requireFit,
  type Checkpoint,
  type SchemeId,
} from '../../../src/checkpoints/index.ts';
import { namerOf } from '../../../src/checkpoints/naming.ts';
import { parametersOf } from '../../../src/checkpoints/parameters.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import { layersOf, stagesOf, type Stage } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { checkpointFixture, fixture } from './fixtures.ts';

/** Shapes of a network without its values: fitting looks at nothing else. */
function shapesOf(stages: readonly Stage[], classes: number): Checkpoint {
  const empty = new Storage('F32', new Uint8Array(0));
  const parameters = layersOf(stages, 224, classes).flatMap(parametersOf);
  return {
    ...checkpointFixture('timm.safetensors'),
    tensors: new Map(parameters.map(({ name, shape }) => [name, new Tensor(empty, shape)])),
  };
}

const counters = (classes: number) => (model: (typeof models)[number]) =>
  fitRegNetX(shapesOf(stagesOf(model.design), classes), models);

test('each of the twelve is recognised', () => {
  expect(models.map(counters(1000)).map((fit) => fit.design)).toEqual(models.map(({ id }) => id));
});

test('the number of classes does not matter', () => {
  const [fit] = models.slice(0, 1).map(counters(200));
  expect(fit).toMatchObject({ design: 'regnetx_002', classes: 200, mismatches: [] });
});

test("torchvision's 400MF is told from pycls's", () => {
  const stages = stagesOf(models[1]?.design ?? { depth: 0, w0: 0, wa: 0, wm: 0, groupWidth: 0 });
  const theirs = stages.map((s) => (s.width === 384 ? { ...s, width: 400, groups: 25 } : s));
  const fit = fitRegNetX(shapesOf(theirs, 1000), models);
  expect(fit).toMatchObject({ design: 'regnetx_004_tv', params: 5495976, mismatches: [] });
  expect(fitRegNetX(shapesOf(stages, 1000), models).design).toBe('regnetx_004');
});

test('one stage, and eight, are networks too', () => {
  const stage = { width: 16, depth: 2, groups: 2, groupWidth: 8 };
  for (const count of [1, 8]) {
    const stages = Array.from({ length: count }, (_, i) => ({ ...stage, depth: i + 1 }));
    expect(fitRegNetX(shapesOf(stages, 3), models)).toMatchObject({ stages, mismatches: [] });
  }
});

describe('what does not fit is listed', () => {
  const change = (name: string, edit: (tensors: Map<string, Tensor>) => void): (() => unknown) => {
    const checkpoint = checkpointFixture(name);
    const tensors = new Map(checkpoint.tensors);
    edit(tensors);
    return () => requireFit({ ...checkpoint, tensors }, models);
  };
  const other = new Tensor(new Storage('F32', new Uint8Array(64)), [16]);

  test("in the file's own names, with both shapes", () => {
    const edit = change('torchvision-zip.pth', (tensors) => {
      tensors.delete('s1.b1.conv1.bn.bias');
      tensors.set('s2.b3.conv1.bn.bias', other);
      tensors.set('s9.b1.conv1.bn.bias', other);
    });
    expect(edit).toThrow(
      expect.objectContaining({
        code: 'misfit',
        message:
          "The weights are no RegNetX's: " +
          'trunk_output.block1.block1-0.f.a.1.bias (16) is missing; ' +
          'trunk_output.block2.block2-2.f.a.1.bias should be 32, found 16; ' +
          'trunk_output.block9.block9-0.f.a.1.bias (16) has no place.',
        mismatches: [
          { name: 'trunk_output.block1.block1-0.f.a.1.bias', expected: [16], found: null },
          { name: 'trunk_output.block2.block2-2.f.a.1.bias', expected: [32], found: [16] },
          { name: 'trunk_output.block9.block9-0.f.a.1.bias', expected: null, found: [16] },
        ],
      }),
    );
  });

  test('a network without classifier', () => {
    expect(change('pycls-zip.pyth', (tensors) => tensors.delete('head.fc.weight'))).toThrow(
      'The file has no classifier (head.fc.weight), so it cannot tell classes apart; bring the whole network.',
    );
  });

  test('a network without blocks', () => {
    const edit = change('d-li14-legacy.pth', (tensors) => {
      for (const name of tensors.keys()) if (name.startsWith('s1.')) tensors.delete(name);
    });
    expect(edit).toThrow(
      'The tensors are named as in d-li14/regnet.pytorch, but there is no block of a RegNetX among them.',
    );
  });

  test('whole numbers for weights', () => {
    const bytes = new Storage('I8', new Uint8Array(16));
    expect(
      change('timm.safetensors', (t) => t.set('s1.b1.conv1.bn.bias', new Tensor(bytes, [16]))),
    ).toThrow(
      'The tensor s1.b1.conv1.bn.bias has the type I8; only floating-point weights run here.',
    );
  });
});

/** Renames tensors in a safetensors file's header, keeping its length with spaces. */
function renamed(scheme: SchemeId, from: string, to: string): Uint8Array {
  const bytes = fixture('checkpoints/timm.safetensors');
  const view = new DataView(bytes.buffer);
  const end = 8 + view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, end))) as object;
  const { fromTimm } = namerOf(scheme);
  const entries = Object.entries(header).map(([name, value]: [string, unknown]) => [
    name === from ? to : (fromTimm(name) ?? name),
    value,
  ]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const out = new Uint8Array(8 + json.length + bytes.length - end);
  new DataView(out.buffer).setUint32(0, json.length, true);
  out.set(json, 8);
  out.set(bytes.subarray(end), 8 + json.length);
  return out;
}

describe('RegNetY is refused with its word', () => {
  test.each([
    ['timm', 's1.b1.se.fc1.weight'],
    ['pycls', 's1.b1.f.se.f_ex.0.weight'],
    ['torchvision', 'trunk_output.block1.block1-0.f.se.fc1.weight'],
    ['transformers', 'regnet.encoder.stages.0.layers.0.layer.2.attention.0.weight'],
  ] as const)('%s', (scheme, name) => {
    expect(() => readCheckpoint(renamed(scheme, 's1.b1.conv3.conv.weight', name))).toThrow(
      expect.objectContaining({
        code: 'squeeze-excitation',
        message: `The weights are a RegNetY's (squeeze-excitation, such as ${name}); only RegNetX runs here.`,
      }),
    );
  });
});

test('a tensor that the code base does not have is listed', () => {
  const checkpoint = readCheckpoint(renamed('timm', 'head.fc.bias', 'aux.bias'));
  expect(fitRegNetX(checkpoint, models).mismatches).toEqual([
    { name: 'head.fc.bias', expected: [10], found: null },
    { name: 'aux.bias', expected: null, found: [10] },
  ]);
});
