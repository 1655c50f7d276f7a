import { describe, expect, test } from 'vitest';
import {
  cluesOf,
  convert,
  preprocessingSchema,
  readCheckpoint,
  requireFit,
} from '../../../src/checkpoints/index.ts';
import { Placeholder } from '../../../src/checkpoints/placeholder.ts';
import { reportOf } from '../../../src/checkpoints/report.ts';
import { models } from '../../../src/zoo/models.ts';
import { checkpointFixture, fixture } from './fixtures.ts';
import {
  dictionary,
  fitted,
  headed,
  read,
  tensor,
  torchvision,
  weightsOf,
} from './saved-objects.ts';

describe('what the file tells of its use', () => {
  const names = Array.from({ length: 10 }, (_, i) => `bird ${i}`);
  const indices = new Map(names.map((name, i) => [name, i]));
  const object = new Placeholder('torchvision.datasets.ImageFolder');
  object.state = dictionary({ class_to_idx: indices });
  test.each<[string, unknown]>([
    ['class_to_idx', indices],
    ['classes', names],
    ['id2label', new Map(names.map((name, i) => [i, name]))],
    ['id2label', new Map(names.map((name, i) => [String(i), name]))],
    ['meta', dictionary({ dataset_meta: dictionary({ classes: names }) })],
    ['meta', dictionary({ CLASSES: names })],
    ['dataset', object],
  ])('class names under %s', (key, value) => {
    const saved = dictionary({ state_dict: torchvision, classes: ['ant', 'bee'], [key]: value });
    expect(fitted(saved).classNames(10)?.names).toEqual(names);
  });

  test('a list of another length, or of no texts, names nothing', () => {
    for (const classes of [['ant', 'bee'], Array.from({ length: 10 }, (_, i) => i)])
      expect(fitted(dictionary({ state_dict: torchvision, classes })).classNames(10)).toBeNull();
  });

  test.each([
    ['model = dict(data_preprocessor=dict(to_rgb=True))', 'RGB', 'file'],
    ['img_norm_cfg = dict(mean=[1.0], to_rgb=False)', 'BGR', 'file'],
    ["'bgr_to_rgb': True", 'RGB', 'file'],
    ['a = dict(to_rgb=True)\nb = dict(to_rgb=False)', 'BGR', 'custom'],
    ['model = dict()', 'BGR', 'custom'],
  ])('%s', (cfg, sourceChannelOrder, channelOrderFrom) => {
    const state_dict = weightsOf('mmpretrain-zip.pth');
    const saved = dictionary({ meta: dictionary({ cfg }), state_dict });
    expect(fitted(saved)).toMatchObject({ sourceChannelOrder, channelOrderFrom });
  });

  test('a thousand classes are ImageNet’s only in a published network', () => {
    const thousand = headed(['fc.weight', tensor(1000, 72)], ['fc.bias', tensor(1000)]);
    const checkpoint = read(thousand);
    const fit = requireFit(checkpoint, models);
    expect(cluesOf(checkpoint, fit).likely.labels).toBeNull();
    const variant = { ...fit, design: 'regnetx_002' };
    expect(cluesOf(checkpoint, variant).likely.labels).toBe('imagenet-1k');
    expect(cluesOf({ ...checkpoint, taken: ['net.'] }, variant).likely.labels).toBeNull();
  });

  test('a description names only lists that are known, of as many classes', () => {
    const checkpoint = readCheckpoint(
      fixture('../../public/weights/regnetx_002.tiny-imagenet-200.safetensors'),
    );
    const fit = requireFit(checkpoint, models);
    const { description } = checkpoint;
    if (!description) throw new Error('The weights of the site describe themselves.');
    const labels = (set: string) =>
      cluesOf({ ...checkpoint, description: { ...description, labels: set } }, fit).likely.labels;
    expect(labels('tiny-imagenet-200')).toBe('tiny-imagenet-200');
    for (const set of ['../../../xsecret', 'nope', 'imagenet-1k', '__proto__'])
      expect(labels(set)).toBeNull();
  });
});

describe('sizes that a file claims', () => {
  /** Safetensors with a header alone: its tensors hold nothing. */
  const empty = (shapes: Readonly<Record<string, readonly number[]>>): Uint8Array => {
    const header = Object.entries(shapes).map(([name, shape]) => [
      name,
      { dtype: 'F32', shape, data_offsets: [0, 0] },
    ]);
    const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
    const bytes = new Uint8Array(8 + json.length);
    new DataView(bytes.buffer).setUint32(0, json.length, true);
    bytes.set(json, 8);
    return bytes;
  };
  const conv2 = (stage: number, block: number) => `s${stage}.b${block}.conv2.conv.weight`;
  const count = 9999;

  test.each([
    ['stages', (i: number) => conv2(i + 1, 1), 199_987],
    ['blocks', (i: number) => conv2(1, i + 1), 149_997],
  ])('ten thousand %s: the first misfits and their number', (_, nameOf, misfits) => {
    const shapes = Array.from({ length: count }, (__, i) => [nameOf(i), [8, 8, 0, 0]] as const);
    const bytes = empty({ ...Object.fromEntries(shapes), 'head.fc.weight': [10, 0] });
    const { problem, tensors, tensorCount, network } = reportOf(bytes, models);
    expect(problem).toMatchObject({ code: 'misfit', misfits });
    expect(problem?.mismatches).toHaveLength(50);
    expect(tensorCount).toBe(count + 1);
    expect(tensors.length).toBeLessThan(count);
    expect(network?.design).toBeNull();
  });

  test('a stage wider than any design', () => {
    const bytes = empty({ [conv2(1, 1)]: [2 ** 20, 1, 0, 3], 'head.fc.weight': [10, 0] });
    expect(() => requireFit(readCheckpoint(bytes), models)).toThrow(
      'A stage of 1048576 channels cannot be right',
    );
  });

  test('a crop larger than what it is cut from, and sides beyond all pictures', () => {
    const { preprocessing } = checkpointFixture(
      '../../../public/weights/regnetx_002.tiny-imagenet-200.safetensors',
    ).description ?? { preprocessing: null };
    expect(preprocessingSchema.safeParse(preprocessing).success).toBe(true);
    for (const sides of [{ resize: 128, crop: 129 }, { resize: 10_000, crop: 10_000 }, { crop: 0 }])
      expect(preprocessingSchema.safeParse({ ...preprocessing, ...sides }).success).toBe(false);
  });
});

test('class names go along into the converted file', () => {
  const names = Array.from({ length: 10 }, (_, i) => `bird ${i}`);
  const checkpoint = fitted(dictionary({ state_dict: torchvision, classes: names }));
  const bytes = convert(checkpoint, requireFit(checkpoint, models), { dtype: 'f32' });
  expect(readCheckpoint(bytes).classNames(10)).toEqual({ names, from: 'class_names' });
});
