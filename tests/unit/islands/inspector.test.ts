import { describe, expect, test } from 'vitest';
import { preprocessingSchema, type CheckpointClues } from '../../../src/checkpoints/index.ts';
import { reportOf } from '../../../src/checkpoints/report.ts';
import {
  filterTensors,
  pageOf,
  PAGE_ROWS,
  shapeText,
  stageOf,
} from '../../../src/islands/inspector/rows.ts';
import { convertedName } from '../../../src/islands/inspector/session.ts';
import {
  defaultsFor,
  likelyProtocols,
  meaningOf,
  parseNames,
  reasonOf,
  type Protocol,
} from '../../../src/islands/classifier/settings.ts';
import { reduce } from '../../../src/islands/inspector/state.ts';
import { models } from '../../../src/zoo/models.ts';
import { fixture } from '../checkpoints/fixtures.ts';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const protocol = (
  source: string,
  naming: string,
  count: number,
  [resize, crop, interpolation]: [number, number, 'bilinear' | 'bicubic'],
  classes = 1000,
  labels = 'imagenet-1k',
): Protocol => ({
  source,
  naming,
  classes,
  labels,
  count,
  example: `${source}-${resize}`,
  preprocessing: {
    resize,
    crop,
    interpolation,
    channelOrder: 'RGB',
    mean: [...IMAGENET.mean],
    std: [...IMAGENET.std],
  },
});
const PROTOCOLS = [
  protocol('timm', 'timm', 7, [232, 224, 'bicubic']),
  protocol('timm', 'timm', 12, [256, 224, 'bicubic']),
  protocol('pycls', 'pycls', 13, [256, 224, 'bilinear']),
  protocol('this site', 'timm', 1, [128, 128, 'bilinear'], 200, 'tiny-imagenet-200'),
];

const clues = (name: string): CheckpointClues => {
  const told = reportOf(fixture(name), models).clues;
  if (!told) throw new Error(`${name} does not run.`);
  return told;
};
const pycls = clues('checkpoints/pycls-zip.pyth');
const timm = clues('checkpoints/timm.safetensors');
const transformers = clues('checkpoints/transformers-zip.bin');
const tiny = clues('weights/regnetx_002.tiny-imagenet-200.pth');

describe('likely settings', () => {
  test.each([
    ['timm', timm, 'bicubic'],
    ['pycls', pycls, 'bilinear'],
    ['transformers', transformers, 'bicubic'],
  ] as const)('are those of %s, whose names it has', (_, file, interpolation) => {
    expect(defaultsFor(file)).toMatchObject({
      ...{ resize: 256, crop: 224, interpolation, normalisation: 'imagenet' },
      labels: { kind: 'numbers' },
    });
  });

  test('two hundred classes are not Tiny-ImageNet’s by themselves', () => {
    expect(tiny.classes).toBe(200);
    expect(defaultsFor(tiny).labels).toEqual({ kind: 'numbers' });
  });

  test('the channel order is the one that the file was read with, and a guess', () => {
    expect(defaultsFor(pycls).channelOrder).toBe('BGR');
    expect(defaultsFor(timm).channelOrder).toBe('RGB');
    expect(pycls.channelOrderFrom).toBe('custom');
  });

  test('the most common published protocol stands first', () => {
    const file = { ...timm, classes: 1000 };
    expect(likelyProtocols(file, PROTOCOLS).map(({ count }) => count)).toEqual([12, 7]);
    expect(reasonOf(file)).toBe(
      'The file does not say how its pictures were prepared. Assumed is what is usual for weights named as in timm; the command line assumes the same.',
    );
  });

  test('a file that describes itself is believed', () => {
    const shipped = clues('../../public/weights/regnetx_002.tiny-imagenet-200.safetensors');
    expect(defaultsFor(shipped)).toMatchObject({ resize: 128, crop: 128 });
    expect(meaningOf(defaultsFor(shipped))).toEqual({
      preprocessing: shipped.description?.preprocessing,
      labels: 'tiny-imagenet-200',
    });
    expect(reasonOf(shipped)).toContain('describes its own');
  });
});

test('settings become what the classifier takes, on RGB whatever the file took', () => {
  const { preprocessing, labels } = meaningOf(defaultsFor(pycls));
  expect(preprocessingSchema.parse(preprocessing)).toEqual(preprocessing);
  expect(preprocessing.channelOrder).toBe('RGB');
  expect(labels).toBeNull();
});

describe('class names', () => {
  test('a text file or JSON, as many as classes', () => {
    expect(parseNames('cat\r\n dog \n\nowl\n', 3)).toEqual(['cat', 'dog', 'owl']);
    expect(parseNames('["cat", "dog"]', 2)).toEqual(['cat', 'dog']);
  });
  test('another number is told', () => {
    expect(() => parseNames('cat\ndog', 10)).toThrow(
      /^The list has 2 names, the network 10 classes;/,
    );
    expect(() => parseNames('["cat"', 1)).toThrow(/is no array of names/);
  });
  test('names of one’s own go along with the settings', () => {
    const names = ['häher', '50% "grey", # 2'];
    const settings = {
      ...defaultsFor(timm),
      labels: { kind: 'own', fileName: '', names },
    } as const;
    expect(meaningOf(settings).labels).toEqual(names);
  });
});

describe('the table of tensors', () => {
  const { tensors } = reportOf(fixture('checkpoints/pycls-zip.pyth'), models);
  test('is filtered by every word, in either name, type and shape', () => {
    const names = (query: string) => filterTensors(tensors, query).map(({ name }) => name);
    expect(names('')).toHaveLength(tensors.length);
    expect(names('stem.conv')).toEqual(['stem.conv.weight']);
    expect(names('CONV2 weight s1')).toContain('s1.b1.f.b.weight');
    expect(names('32×3×3×3')).toEqual(['stem.conv.weight']);
    expect(names('i64').every((name) => name.endsWith('num_batches_tracked'))).toBe(true);
    expect(names('nothing of the kind')).toEqual([]);
  });
  test('is cut into pages that never end beyond the last', () => {
    const all = tensors.length;
    const pages = Math.ceil(all / PAGE_ROWS);
    expect(pageOf(tensors, 0)).toMatchObject({ page: 0, pages, start: 0 });
    const last = pageOf(tensors, 99);
    expect(last.start + last.rows.length).toBe(all);
    expect(pageOf([], 3)).toMatchObject({ page: 0, pages: 1, rows: [] });
  });
  test('knows stages and shapes', () => {
    expect(shapeText([])).toBe('scalar');
    expect(shapeText([24, 8, 3, 3])).toBe('24×8×3×3');
    expect(stageOf({ timm: 's3.b12.conv1.bn.bias' })).toBe(3);
    expect(stageOf({ timm: 'stem.conv.weight' })).toBe(0);
    expect(stageOf({ timm: null })).toBe(0);
  });
});

const report = reportOf(fixture('checkpoints/timm.safetensors'), models);

test('what arrives of a file that is not the latest changes nothing', () => {
  const [first, second] = [new File([], 'first'), new File([], 'second')];
  const reading = reduce(reduce({ phase: 'idle' }, { type: 'chosen', file: first }), {
    type: 'chosen',
    file: second,
  });
  expect(reduce(reading, { type: 'inspected', file: first, report })).toBe(reading);
  expect(reduce(reading, { type: 'failed', file: first, message: '' })).toBe(reading);
  const open = reduce(reading, { type: 'inspected', file: second, report });
  expect(open).toEqual({ phase: 'open', file: second, report });
  expect(reduce(open, { type: 'failed', file: second, message: '' })).toBe(open);
});

test('a converted file is named after the one it came from', () => {
  expect(convertedName('RegNetX-200MF_dds_8gpu.pyth', 'f16')).toBe(
    'RegNetX-200MF_dds_8gpu.f16.safetensors',
  );
  expect(convertedName('weights', 'f32')).toBe('weights.f32.safetensors');
  expect(convertedName('weights.pth', 'onnx')).toBe('weights.onnx');
});
