/** The table's state as parameters of an address: `?sort=gpu&order=descending&name=400&tick=regnetx_002`. */
import { MOST } from '../../zoo/compare-query.ts';
import { models } from '../../zoo/models.ts';
import { FAMILY_ORDER, firstDirection, KEYS, type Sorting } from './rows.ts';

/** How the reader has the table. */
export interface TableState {
  readonly sorting: Sorting;
  /** What the rows are filtered by. */
  readonly query: string;
  /** Ids ticked for a comparison. */
  readonly ticked: readonly string[];
}

/** As the table stands unasked. */
export const UNTOUCHED: TableState = { sorting: FAMILY_ORDER, query: '', ticked: [] };

/** The parameters; null for what is so unasked. */
export function tableParameters({ sorting: { key, direction }, query, ticked }: TableState) {
  return {
    sort: key === FAMILY_ORDER.key ? null : key,
    order: direction === firstDirection(key) ? null : direction,
    name: query.trim() === '' ? null : query,
    tick: ticked.length === 0 ? null : ticked.join(' '),
  };
}

/** Reads them from the query of an address; what makes no sense is passed over. */
export function readTable(search: string): TableState {
  const found = new URLSearchParams(search);
  const key = KEYS.find((one) => one === found.get('sort')) ?? FAMILY_ORDER.key;
  const order = found.get('order');
  const direction = order === 'ascending' || order === 'descending' ? order : firstDirection(key);
  const ticked = new Set((found.get('tick') ?? '').split(/[\s,]+/));
  return {
    sorting: { key, direction },
    query: found.get('name') ?? '',
    ticked: [...ticked].filter((id) => models.some((model) => model.id === id)).slice(0, MOST),
  };
}
