import { expect, test } from './test.ts';
import { csvParse } from 'd3-dsv';
import { models } from '../../src/zoo/models.ts';
import { citation } from '../../src/zoo/results.ts';
import { pycls } from '../../src/zoo/sources.ts';

const SUMMARY = [
  'aliases',
  'checkpoints',
  'complexity',
  'design',
  'id',
  'name',
  'results',
  'stages',
] as const;

interface Entry {
  readonly id: string;
  readonly complexity: Readonly<Record<string, number>>;
  readonly stages: readonly object[];
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly checkpoints: readonly Readonly<Record<string, unknown>>[];
}

const published = (id: string) =>
  Object.fromEntries(
    ['params', 'flops', 'acts'].map((cost) => [cost, citation(pycls, id, cost).figure.value]),
  );

test('models.json has the twelve without layers', async ({ request }) => {
  const response = await request.get('./api/models.json');
  const { schema, models: entries } = (await response.json()) as {
    schema: number;
    models: Entry[];
  };
  expect(schema).toBe(1);
  expect(entries.map((e) => e.id)).toEqual(models.map((m) => m.id));
  for (const entry of entries) {
    expect(Object.keys(entry).sort()).toEqual([...SUMMARY]);
    expect(entry.complexity).toEqual({ ...published(entry.id), resolution: 224 });
    for (const result of entry.results)
      expect(result).toMatchObject({
        source: expect.any(String),
        metric: expect.any(String),
        value: expect.any(Number),
        url: expect.stringMatching(/^https:/),
      });
  }
});

for (const { id, design, aliases } of models) {
  test(`${id}.json has layers that sum to the published counts`, async ({ request }) => {
    const response = await request.get(`./api/models/${id}.json`);
    const entry = (await response.json()) as Entry & {
      schema: number;
      layers: Readonly<Record<string, number>>[];
    };
    expect(Object.keys(entry).sort()).toEqual([...SUMMARY, 'layers', 'schema'].sort());
    expect(entry).toMatchObject({ schema: 1, id, design, aliases });
    for (const [cost, count] of Object.entries(published(id)))
      expect(entry.layers.reduce((sum, layer) => sum + (layer[cost] ?? NaN), 0)).toBe(count);
    expect(Object.keys(entry.stages[0] ?? {}).sort()).toEqual(
      ['depth', 'groupWidth', 'groups', 'resolution', 'stride', 'width'].sort(),
    );
    expect(entry.checkpoints.length).toBeGreaterThanOrEqual(3);
  });
}

test('models.csv has a line a variant', async ({ request }) => {
  const rows = csvParse(await (await request.get('./api/models.csv')).text());
  expect(rows.map((r) => r.id)).toEqual(models.map((m) => m.id));
  for (const row of rows) {
    expect(Number(row.multiply_adds)).toBe(published(row.id ?? '').flops);
    expect(Number(row.params)).toBe(published(row.id ?? '').params);
  }
});

test('class names have the order and number of the outputs', async ({ request }) => {
  const names = (await (await request.get('./api/labels/imagenet-1k.json')).json()) as string[];
  expect(names).toHaveLength(1000);
  expect(names[0]).toBe('tench');
  const tiny = (await (
    await request.get('./api/labels/tiny-imagenet-200.json')
  ).json()) as string[];
  expect(tiny).toHaveLength(200);
  expect(tiny[26]).toBe('golden retriever');
});
