import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allSources } from '../../../src/zoo/all-sources.ts';
import { findModel, models } from '../../../src/zoo/models.ts';
import { countOf } from '../../../src/zoo/results.ts';
import { modelSchema, sourceSchema, type Source } from '../../../src/zoo/schema.ts';

const read = (folder: string) =>
  readdirSync(`content/${folder}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name,
      JSON.parse(readFileSync(`content/${folder}/${name}`, 'utf8')) as unknown,
    ]);

describe('content', () => {
  it.each(read('models'))('models/%s fits the schema', (name, json) => {
    expect(`${modelSchema.parse(json).id}.json`).toBe(name);
  });

  it.each(read('results'))('results/%s fits the schema', (name, json) => {
    expect(`${sourceSchema.parse(json).id}.json`).toBe(name);
  });

  it('has twelve models, each figure about one of them', () => {
    expect(models).toHaveLength(12);
    const ids = new Set(models.map((m) => m.id));
    for (const [, json] of read('results'))
      for (const { model } of aboutModels(sourceSchema.parse(json))) expect(ids).toContain(model);
  });
});

const aboutModels = ({ figures, weights = [], benchmarks = [] }: Source) => [
  ...figures,
  ...weights,
  ...benchmarks.flatMap(({ runs }) => runs),
];

describe('sources', () => {
  it('are all of content/results/, each a module', () => {
    const files = read('results').map(([name]) => name);
    expect(allSources.map(({ id }) => `${id}.json`).sort()).toEqual(files.sort());
  });

  it('hold as many figures as were read', () => {
    const counts = Object.fromEntries(allSources.map((source) => [source.id, countOf(source)]));
    expect(counts).toEqual({
      'd-li14': 72,
      'imgclsmob-chainer': 48,
      'imgclsmob-gluon': 48,
      'imgclsmob-tensorflow2': 48,
      keras: 23,
      'mmcls-2021': 32,
      mmdetection: 40,
      mmpretrain: 32,
      'open-model-zoo': 4,
      paddleclas: 69,
      paper: 41,
      pycls: 264,
      'pycls-2020': 84,
      qualcomm: 64,
      timm: 323,
      'timm-speed': 603,
      torchvision: 42,
      'torchvision-files': 28,
      transformers: 0,
    });
  });
});

describe('schema', () => {
  const [, good] = read('results')[0] ?? [];
  const source = sourceSchema.parse(good);
  it('refuses a source without commit and version', () => {
    expect(sourceSchema.safeParse({ ...source, commit: undefined }).success).toBe(false);
  });
  it('refuses a source without figures that says nothing', () => {
    expect(sourceSchema.safeParse({ ...source, figures: [], note: undefined }).success).toBe(false);
  });
  it('refuses a run without a time', () => {
    const run = { model: 'regnetx_002', batch: 1 };
    const setup = {
      id: 'gpu',
      device: 'GPU',
      kind: 'GPU',
      precision: 'float32',
      software: 'PyTorch',
      url: source.url,
    };
    const benchmarks = (time: object) => [{ ...setup, runs: [{ ...run, ...time }] }];
    expect(sourceSchema.safeParse({ ...source, benchmarks: benchmarks({}) }).success).toBe(false);
    expect(sourceSchema.safeParse({ ...source, benchmarks: benchmarks({ ms: 2 }) }).success).toBe(
      true,
    );
  });
  it('refuses a figure whose protocol is not described', () => {
    const figures = source.figures.map((f) => ({ ...f, protocol: 'nowhere' }));
    expect(sourceSchema.safeParse({ ...source, figures }).success).toBe(false);
  });
});

describe('findModel', () => {
  it.each([
    ['regnetx_004', 'regnetx_004'],
    ['RegNetX-400M', 'regnetx_004'],
    ['RegNetX-400MF', 'regnetx_004'],
    ['regnet_x_400mf', 'regnetx_004'],
    ['REGNET_X_1_6GF', 'regnetx_016'],
    ['regnetx-12gf', 'regnetx_120'],
  ])('finds %s', (query, id) => {
    expect(findModel(query)?.id).toBe(id);
  });
  it('finds nothing for a stranger', () => {
    expect(findModel('resnet50')).toBeUndefined();
  });
});

it('prints digits in the unit that stands beside them', () => {
  for (const { figures } of allSources)
    for (const { value, printed } of figures) {
      if (printed === undefined) continue;
      const number = Number(printed.replaceAll(',', ''));
      expect(Math.abs(number / value - 1), `${printed} for ${value}`).toBeLessThan(0.05);
    }
});
