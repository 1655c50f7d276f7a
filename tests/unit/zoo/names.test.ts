import { describe, expect, it } from 'vitest';
import { modelInAddress } from '../../../src/zoo/address.ts';
import { findModel, matchingModels, models } from '../../../src/zoo/models.ts';
import { allSources } from '../../../src/zoo/all-sources.ts';

const idsFor = (query: string) => matchingModels(query).map(({ id }) => id);

/** What a reader may have at hand for a variant, besides the names in content/models/. */
function otherForms(id: string, name: string): string[] {
  const number = id.replace('regnetx_', '');
  const size = name.replace('RegNetX-', '');
  const under = size.replace('.', '_').toLowerCase();
  return [
    ...[size, size.toLowerCase(), size.replace('F', ''), size.replace(/[MG]F/, ' $&LOPs')],
    ...[`regnet_x_${under}`, `RegNet_X_${under.toUpperCase()}_Weights`, `RegNetX ${size}`],
    ...[`RegNetX-${size}_dds_8gpu`, `RegNetX_${size.replace('.0', '')}`, `X-${size}`],
    ...[`facebook/regnet-x-${number}`, `regnet-x-${number}`, `RegNetX${number}`],
    ...[`timm/regnetx_${number}.pycls_in1k`, `regnetx_${number}.tv2_in1k`],
    `regnetx-${size.toLowerCase()}_8xb64_in1k`,
  ];
}

describe('a name', () => {
  it.each(models.map((model) => [model.id, model] as const))(
    'of %s means it alone',
    (id, model) => {
      const queries = [id, model.name, ...model.aliases, ...otherForms(id, model.name)];
      for (const query of [...queries, ...queries.map((text) => ` ${text.toUpperCase()} `)]) {
        expect(findModel(query)?.id, query).toBe(id);
        expect(idsFor(query), query).toEqual([id]);
      }
    },
  );

  it('tells 1.6GF from 16GF, whose names differ by a point', () => {
    expect(findModel('regnet_x_1_6gf')?.id).toBe('regnetx_016');
    expect(findModel('regnet_x_16gf')?.id).toBe('regnetx_160');
  });

  it('may be that of a checkpoint of any source', () => {
    const figures = allSources.flatMap((source) => source.figures);
    const named = figures.filter(({ checkpoint = '' }) => /^regnet/i.test(checkpoint));
    expect(named.length).toBeGreaterThan(0);
    for (const { checkpoint = '', model } of named)
      expect(findModel(checkpoint)?.id, checkpoint).toBe(model);
  });

  it.each(['regnet_y_400mf', 'facebook/regnet-y-040', 'resnet50', 'regnetx_999', '300MF', '0', ''])(
    'of another network, %j, means none',
    (query) => {
      expect(findModel(query)).toBeUndefined();
    },
  );
});

describe('a part of a name', () => {
  it('means all that have it', () => {
    expect(idsFor('regnetx_00')).toEqual([
      'regnetx_002',
      'regnetx_004',
      'regnetx_006',
      'regnetx_008',
    ]);
    expect(idsFor('400')).toEqual(['regnetx_004']);
    expect(idsFor(' ')).toHaveLength(models.length);
    expect(idsFor('resnet')).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    ['/regnetx/models/regnet_x_400mf/', 'regnetx_004'],
    ['/models/facebook/regnet-x-004', 'regnetx_004'],
    ['/models/RegNetX%201.6GF.html', 'regnetx_016'],
    ['/32GF', 'regnetx_320'],
    ['/models/%E0%A4%A/8gf', 'regnetx_080'],
    ['/models/', undefined],
    ['/models/resnet50/', undefined],
  ])('%s names %s', (path, id) => {
    expect(modelInAddress(path)?.id).toBe(id);
  });
});
