import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  CLOSE,
  convert,
  diffCheckpoints,
  readCheckpoint,
  requireFit,
  toFloat32,
  type Checkpoint,
  type Fitted,
} from '../../../src/checkpoints/index.ts';
import { distance } from '../../../src/checkpoints/distance.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import { checkpoint, inTemporaryFolder, regnetx, regnetxJson } from '../cli/run.ts';
import { checkpointFixture, FILES, fixture } from './fixtures.ts';

const fitted = (from: Checkpoint): Fitted => ({ checkpoint: from, fit: requireFit(from, []) });
const open = (name: string): Fitted => fitted(checkpointFixture(name));
const TIMM = open('timm.safetensors');
const SHIPPED = fixture('../../public/weights/regnetx_002.tiny-imagenet-200.safetensors');

/** The timm fixture with a tensor's values changed. */
function changed(name: string, change: (value: number, index: number) => number): Fitted {
  const tensors = new Map(TIMM.checkpoint.tensors);
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(name);
  const values = toFloat32(tensor).map(change);
  tensors.set(name, new Tensor(new Storage('F32', new Uint8Array(values.buffer)), tensor.shape));
  return fitted({ ...TIMM.checkpoint, tensors });
}

describe('distance', () => {
  const of = (a: number[], b: number[]) => distance(Float32Array.from(a), Float32Array.from(b));

  test.each([
    [[3, 4], [3, 4], { relativeL2: 0, cosine: 1, same: true }],
    [[3, 4], [0, 0], { relativeL2: 1, cosine: 0, same: false }],
    [[0, 0], [3, 4], { relativeL2: 1, cosine: 0, same: false }],
    [[0, 0], [0, -0], { relativeL2: 0, cosine: 1, same: true }],
    [[3, 4], [6, 8], { relativeL2: 1, cosine: 1, same: false }],
    [[3, 4], [-3, -4], { relativeL2: 2, cosine: -1, same: false }],
    [[3, 4], [-4, 3], { relativeL2: Math.SQRT2, cosine: 0, same: false }],
    [[NaN, 1], [NaN, 1], { relativeL2: 0, cosine: 1, same: true }],
    [[NaN, 1], [NaN, 2], { relativeL2: null, cosine: null, same: false }],
    [[Infinity, 1], [1, 1], { relativeL2: null, cosine: null, same: false }],
    [[], [], { relativeL2: 0, cosine: 1, same: true }],
  ])('%j and %j', (a, b, expected) => {
    const { relativeL2, cosine, same } = of(a, b);
    expect(same).toBe(expected.same);
    if (expected.relativeL2 === null) expect([relativeL2, cosine]).toEqual([null, null]);
    else {
      expect(relativeL2).toBeCloseTo(expected.relativeL2, 12);
      expect(cosine).toBeCloseTo(expected.cosine, 12);
    }
  });
});

describe('the verdict', () => {
  test.each(FILES.filter(({ scheme }) => scheme !== 'timm'))(
    '$name equals what it was converted to',
    ({ name }) => {
      const from = open(name);
      const bytes = convert(from.checkpoint, from.fit, { dtype: 'f32' });
      const { verdict, reason, layers, sameNetwork } = diffCheckpoints(
        from,
        fitted(readCheckpoint(bytes)),
      );
      expect({ verdict, reason, sameNetwork }).toEqual({
        ...{ verdict: 'equal', reason: 'Every value is the same.', sameNetwork: true },
      });
      expect(layers.map((layer) => layer.name)).toEqual(
        from.fit.layers.filter(({ op }) => op !== 'pool').map((layer) => layer.name),
      );
      for (const { relativeL2, cosine } of layers) expect([relativeL2, cosine]).toEqual([0, 1]);
    },
  );

  test('files of several code bases that hold one network are equal', () => {
    for (const name of ['torchvision-zip.pth', 'd-li14-legacy.pth', 'transformers-zip.bin'])
      expect(diffCheckpoints(TIMM, open(name)).verdict).toBe('equal');
  });

  test('half precision is close, and so is what is just within the rule', () => {
    const half = diffCheckpoints(TIMM, open('timm-fp16.safetensors'));
    expect(half.verdict).toBe('close');
    expect(half.settings.find(({ name }) => name === 'types')).toEqual({
      ...{ name: 'types', a: 'F32', b: 'F16', same: false },
    });
    const NAME = 's2.b1.conv2.conv.weight';
    const within = diffCheckpoints(
      TIMM,
      changed(NAME, (v) => v * (1 + CLOSE * 0.999)),
    );
    expect(within.verdict).toBe('close');
    const beyond = diffCheckpoints(
      TIMM,
      changed(NAME, (v) => v * (1 + CLOSE * 1.001)),
    );
    expect(beyond.verdict).toBe('different');
    expect(beyond.reason).toContain('the farthest layer is s2.b1.conv2, at a relative L2');
  });

  test('a layer is as far as the farthest of its tensors, batch norm and bias among them', () => {
    for (const [tensor, layer] of [
      ['s3.b1.conv3.bn.running_var', 's3.b1.conv3'],
      ['stem.bn.bias', 'stem'],
      ['head.fc.bias', 'head.fc'],
    ] as const) {
      const { layers } = diffCheckpoints(
        TIMM,
        changed(tensor, (v) => v * 1.5 + 0.25),
      );
      const far = layers.filter(({ same }) => !same);
      expect(far.map(({ name }) => name)).toEqual([layer]);
      const own = far[0]?.tensors.find(({ name }) => name === tensor);
      expect(own?.relativeL2).toBeGreaterThan(0);
      expect(far[0]?.relativeL2).toBe(own?.relativeL2);
      expect(far[0]?.cosine).toBe(own?.cosine);
    }
  });

  test('values that are no numbers are told', () => {
    const nan = changed('stem.conv.weight', (v, i) => (i === 5 ? NaN : v));
    expect(diffCheckpoints(nan, nan).verdict).toBe('equal');
    const { verdict, reason, layers } = diffCheckpoints(TIMM, nan);
    expect([verdict, layers[0]?.relativeL2]).toEqual(['different', null]);
    expect(reason).toMatch(/no finite numbers/);
  });

  test('a first convolution in the other order is recognised', () => {
    const bgr = fitted(
      readCheckpoint(fixture('checkpoints/timm.safetensors'), { channelOrder: 'BGR' }),
    );
    const { verdict, reason } = diffCheckpoints(TIMM, bgr);
    expect(verdict).toBe('different');
    expect(reason).toMatch(/differ in the order of their channels alone/);
  });

  test('other networks and other classifiers say so', () => {
    const shipped = fitted(readCheckpoint(SHIPPED));
    const { verdict, reason, layers, sameNetwork } = diffCheckpoints(TIMM, shipped);
    expect([verdict, sameNetwork]).toEqual(['different', false]);
    expect(reason).toMatch(/different networks: \d+ of \d+ layers have no counterpart/);
    expect(layers[0]).toMatchObject({ name: 'stem', obstacle: null });
    expect(layers.find(({ name }) => name === 's4.b7.conv3')).toMatchObject({
      ...{ relativeL2: null, cosine: null, obstacle: 'only in the second file' },
    });
    expect(layers.find(({ name }) => name === 'head.fc')?.obstacle).toBe(
      'head.fc.weight is 10x72 and 200x368',
    );
    const names = layers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);

    const tensors = new Map(TIMM.checkpoint.tensors);
    for (const [name, shape] of [
      ['head.fc.weight', [3, 72]],
      ['head.fc.bias', [3]],
    ] as const) {
      const { storage } = tensors.get(name) ?? {};
      if (storage) tensors.set(name, new Tensor(storage, shape));
    }
    const three = diffCheckpoints(TIMM, fitted({ ...TIMM.checkpoint, tensors }));
    expect(three.reason).toMatch(/^The classifiers have 10 and 3 classes; of the other layers,/);
  });
});

describe('regnetx diff', () => {
  test('prints one document, or lines', async () => {
    const names = ['timm.safetensors', 'timm-fp16.safetensors'].map(checkpoint);
    const found = await regnetxJson<object>('diff', ...names);
    expect(Object.keys(found)).toEqual([
      ...['a', 'b', 'verdict', 'reason', 'sameNetwork', 'layers', 'settings', 'close'],
    ]);
    expect(found).toMatchObject({
      verdict: 'close',
      layers: diffCheckpoints(TIMM, open('timm-fp16.safetensors')).layers,
    });
    const { code, stdout } = await regnetx(['diff', ...names]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^close: No tensor is farther than 0\.01/);
    expect(stdout).toMatch(/^s3\.b2\.conv3 +2\.\d\de-4 +1\.000000$/m);
  });

  test.each([
    [[], /^Name two checkpoint files\.$/m],
    [['a', 'b', 'c'], /^Name two checkpoint files\.$/m],
    [[checkpoint('timm.safetensors'), 'none.pth'], /^none\.pth cannot be read/],
    [[checkpoint('hostile.pth'), checkpoint('timm.safetensors')], /hostile\.pth: .* refused/],
  ])('%j ends in one line', async (args, sentence) => {
    const { code, stdout, stderr } = await regnetx(['diff', ...args]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });

  test('what fetch and convert make of one file is equal to it', () =>
    inTemporaryFolder(async (folder) => {
      const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
      writeFileSync(one, SHIPPED);
      await regnetxJson('convert', one, '-o', two);
      expect(await regnetxJson<object>('diff', one, two)).toMatchObject({ verdict: 'equal' });
    }));
});
