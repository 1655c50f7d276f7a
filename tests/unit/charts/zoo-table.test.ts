import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  allRows,
  FAMILY_ORDER,
  filtered,
  KEYS,
  press,
  sorted,
  type Key,
} from '../../../src/charts/zoo-table/rows.ts';
import { readTable, tableParameters, UNTOUCHED } from '../../../src/charts/zoo-table/query.ts';
import { withParameters } from '../../../src/islands/address.ts';
import { bests, publishedBests } from '../../../src/zoo/obtainable.ts';
import { times } from '../../../src/zoo/speed.ts';
import { models } from '../../../src/zoo/models.ts';
import { passportId } from '../../../src/zoo/results.ts';
import { seed } from '../../../src/zoo/sources.ts';

const rows = allRows(times(), bests());

describe('sorting', () => {
  const order = (key: Key, direction: 'ascending' | 'descending') =>
    sorted(rows, { key, direction }).map((row) => row.short);

  it('starts with the order of the family', () => {
    expect(sorted(rows, FAMILY_ORDER).map(({ id }) => id)).toEqual(models.map(({ id }) => id));
  });

  it('sorts by every column, names by size and not by letter', () => {
    expect(order('name', 'ascending').slice(0, 5)).toEqual([
      '200MF',
      '400MF',
      '600MF',
      '800MF',
      '1.6GF',
    ]);
    // 6.4GF has no torchvision V2 weights, 3.2GF has.
    expect(order('best', 'descending').slice(3, 6)).toEqual(['3.2GF', '6.4GF', '4.0GF']);
    expect(order('bytes', 'descending')[0]).toBe('32GF');
    expect(order('difference', 'ascending')[0]).toBe('200MF');
    expect(order('difference', 'descending')[0]).toBe('12GF');
    expect(order('ours', 'descending')[0]).toBe('32GF');
  });

  it('keeps equal rows in the order of the family, and its argument as it was', () => {
    const before = rows.map(({ id }) => id);
    const alike = rows.map((row) => ({ ...row, gpu: row.gpu < 0.1 ? 1 : 2 }));
    const turned = sorted(alike, { key: 'gpu', direction: 'descending' });
    expect(turned.map(({ short }) => short)).toEqual([
      ...['1.6GF', '3.2GF', '4.0GF', '6.4GF', '8.0GF', '12GF', '16GF', '32GF'],
      ...['200MF', '400MF', '600MF', '800MF'],
    ]);
    // 8.0GF takes less time than 6.4GF, too.
    expect(order('gpu', 'ascending').slice(6, 9)).toEqual(['4.0GF', '8.0GF', '6.4GF']);
    expect(rows.map(({ id }) => id)).toEqual(before);
  });

  it('turns round on a second press; accuracies start with the best, costs with the least', () => {
    expect(press(FAMILY_ORDER, 'flops')).toEqual({ key: 'flops', direction: 'descending' });
    expect(press(FAMILY_ORDER, 'ours')).toEqual({ key: 'ours', direction: 'descending' });
    expect(press(press(FAMILY_ORDER, 'params'), 'params').direction).toBe('descending');
  });
});

describe('the best to be had', () => {
  it('is nobody’s whose weights are gone, and has a passport that the page writes', () => {
    const written = new Set(publishedBests().map(({ citation }) => passportId(citation)));
    for (const { bestBy, best, ours } of rows) {
      expect(bestBy?.whose).toMatch(/^(torchvision V2|imgclsmob)$/);
      expect(written).toContain(bestBy?.passport);
      expect(best).toBeGreaterThan(ours);
    }
  });

  it('agrees with worked examples', () => {
    // imgclsmob: an error of 29.91; torchvision’s V2: 74.864.
    expect(rows[0]).toMatchObject({ best: 70.09, bestBy: { whose: 'imgclsmob' } });
    expect(rows[1]).toMatchObject({ best: 74.864, bestBy: { whose: 'torchvision V2' } });
  });

  it('knows d-li14’s weights for gone, by the words of the catalogue', () => {
    const file = readFileSync('content/checkpoints/regnetx_002.d-li14.json', 'utf8');
    expect(JSON.parse(file)).toMatchObject({ gone: seed.gone });
  });
});

describe('the address', () => {
  it('says nothing of an untouched table, and brings any other back', () => {
    expect(withParameters('', tableParameters(UNTOUCHED))).toBe('');
    expect(readTable('')).toEqual(UNTOUCHED);
    for (const key of KEYS)
      for (const direction of ['ascending', 'descending'] as const) {
        const state = {
          sorting: { key, direction },
          query: '4 & 8%',
          ticked: ['regnetx_032', 'regnetx_002'],
        };
        expect(readTable(withParameters('?cost=gpu', tableParameters(state)))).toEqual(state);
      }
  });

  it('passes over what makes no sense', () => {
    expect(readTable('?sort=beauty&order=up&tick=resnet50+regnetx_004+regnetx_004')).toEqual({
      ...UNTOUCHED,
      ticked: ['regnetx_004'],
    });
  });

  it('leaves the parameters of others as they were written', () => {
    expect(withParameters('?models=a,b&sort=gpu&x', { sort: null, order: 'up' })).toBe(
      '?models=a,b&x&order=up',
    );
    expect(withParameters('?sort=gpu', { sort: null })).toBe('');
  });
});

describe('filter', () => {
  const find = (query: string) => filtered(rows, query).map(({ id }) => id);

  it('finds every variant by its id, its name and every alias', () => {
    for (const { id, name, aliases } of models)
      for (const query of [id, name, ...aliases, name.toUpperCase(), name.replace('-', ' ')])
        expect(find(query), query).toContain(id);
  });

  it('finds one by a full name', () => {
    expect(find('regnet_x_400mf')).toEqual(['regnetx_004']);
    expect(find('RegNetX-400M')).toEqual(['regnetx_004']);
    expect(find('regnetx_004')).toEqual(['regnetx_004']);
  });

  it('shows all without a query and none for another family', () => {
    expect(find('  ')).toHaveLength(12);
    expect(find('resnet50')).toEqual([]);
  });
});
