import { describe, expect, it } from 'vitest';
import {
  allRows,
  FAMILY_ORDER,
  filtered,
  press,
  sorted,
  type Key,
} from '../../../src/charts/zoo-table/rows.ts';
import { times } from '../../../src/zoo/speed.ts';
import { models } from '../../../src/zoo/models.ts';

const rows = allRows(times());

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
    // 8.0GF has fewer activations than 6.4GF.
    expect(order('acts', 'descending').slice(4, 6)).toEqual(['8.0GF', '4.0GF']);
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
