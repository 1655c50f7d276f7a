import { describe, expect, test } from 'vitest';
import { preprocessingSchema } from '../../../src/checkpoints/index.ts';
import type { FileReport } from '../../../src/engine/inspect/report.ts';
import { reportOf } from '../../../src/engine/inspect/report.ts';
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
  labelsUrlOf,
  likelyProtocols,
  meaningOf,
  parseNames,
  reasonOf,
  type Protocol,
} from '../../../src/islands/classifier/settings.ts';
import { reduce } from '../../../src/islands/inspector/state.ts';
import { cluesOf } from '../../../src/islands/inspector/useTrial.ts';
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

const report = (name: string): FileReport => reportOf(fixture(name), models);
const classes = (base: FileReport, count: number): FileReport => ({
  ...base,
  network: base.network && { ...base.network, classes: count },
});
const pycls = report('checkpoints/pycls-zip.pyth');
const timm = report('checkpoints/timm.safetensors');
const transformers = report('checkpoints/transformers-zip.bin');
const tiny = report('weights/regnetx_002.tiny-imagenet-200.pth');

describe('likely settings', () => {
  test.each<[string, FileReport, number, string, string]>([
    ['its names and number of classes', classes(timm, 1000), 256, 'bicubic', 'imagenet-1k'],
    ['its number of classes, whatever the names', tiny, 128, 'bilinear', 'tiny-imagenet-200'],
    ['its names, whatever the number of classes', pycls, 256, 'bilinear', ''],
    ['neither, so the most common', transformers, 256, 'bilinear', ''],
  ])('come from %s', (_, file, resize, interpolation, set) => {
    const settings = defaultsFor(cluesOf(file), PROTOCOLS);
    expect(settings).toMatchObject({ resize, interpolation, normalisation: 'imagenet' });
    expect(settings.labels).toEqual(set === '' ? { kind: 'numbers' } : { kind: 'set', set });
  });

  test('the channel order is the one that the file was read with', () => {
    expect(defaultsFor(cluesOf(pycls), PROTOCOLS).channelOrder).toBe('BGR');
    expect(defaultsFor(cluesOf(timm), PROTOCOLS).channelOrder).toBe('RGB');
  });

  test('the most common protocol stands first, and the reason names it', () => {
    const file = cluesOf(classes(timm, 1000));
    expect(likelyProtocols(file, PROTOCOLS).map(({ count }) => count)).toEqual([12, 7]);
    expect(reasonOf(file, PROTOCOLS)).toBe(
      'The file does not say how its pictures were prepared. Assumed is what holds for 12 networks that timm publishes, because its tensors are named as in timm and it tells 1,000 classes apart.',
    );
    expect(reasonOf(cluesOf(tiny), PROTOCOLS)).toContain('the one that this site publishes');
  });

  test('a file that describes itself is believed', () => {
    const shipped = reportOf(
      fixture('../../public/weights/regnetx_002.tiny-imagenet-200.safetensors'),
      models,
    );
    const clues = cluesOf(shipped);
    expect(defaultsFor(clues, [])).toMatchObject({ resize: 128, crop: 128 });
    expect(meaningOf(defaultsFor(clues, []))).toEqual({
      preprocessing: shipped.description?.preprocessing,
      labels: 'tiny-imagenet-200',
    });
    expect(reasonOf(clues, PROTOCOLS)).toContain('describes its own');
  });
});

test('settings become what the classifier takes, on RGB whatever the file took', () => {
  const { preprocessing, labels } = meaningOf(defaultsFor(cluesOf(pycls), PROTOCOLS));
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
  test('names of one’s own need no server', () => {
    const names = ['häher', '50% "grey", # 2'];
    expect(labelsUrlOf({ kind: 'own', fileName: '', names }, '/')).toEqual(names);
    expect(labelsUrlOf({ kind: 'numbers' }, '/')).toEqual([]);
    const set = { kind: 'set', set: 'imagenet-1k' } as const;
    expect(labelsUrlOf(set, '/x/')).toBe('/x/api/labels/imagenet-1k.json');
  });
});

describe('the table of tensors', () => {
  const { tensors } = pycls;
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

test('what arrives of a file that is not the latest changes nothing', () => {
  const [first, second] = [new File([], 'first'), new File([], 'second')];
  const reading = reduce(reduce({ phase: 'idle' }, { type: 'chosen', file: first }), {
    type: 'chosen',
    file: second,
  });
  expect(reduce(reading, { type: 'inspected', file: first, report: timm })).toBe(reading);
  expect(reduce(reading, { type: 'failed', file: first, message: '' })).toBe(reading);
  const open = reduce(reading, { type: 'inspected', file: second, report: timm });
  expect(open).toEqual({ phase: 'open', file: second, report: timm });
  expect(reduce(open, { type: 'failed', file: second, message: '' })).toBe(open);
});

test('a converted file is named after the one it came from', () => {
  expect(convertedName('RegNetX-200MF_dds_8gpu.pyth', 'f16')).toBe(
    'RegNetX-200MF_dds_8gpu.f16.safetensors',
  );
  expect(convertedName('weights', 'f32')).toBe('weights.f32.safetensors');
  expect(convertedName('weights.pth', 'onnx')).toBe('weights.onnx');
});
