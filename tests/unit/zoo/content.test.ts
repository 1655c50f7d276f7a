import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findModel, models } from '../../../src/zoo/models.ts';
import { modelSchema, sourceSchema } from '../../../src/zoo/schema.ts';

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
      for (const figure of sourceSchema.parse(json).figures) expect(ids).toContain(figure.model);
  });
});

describe('schema', () => {
  const [, good] = read('results')[0] ?? [];
  const source = sourceSchema.parse(good);
  it('refuses a source without commit and version', () => {
    expect(sourceSchema.safeParse({ ...source, commit: undefined }).success).toBe(false);
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
