import { networkOf } from '../../regnet/index.ts';
import { accuracyOf, type Accuracy } from '../../zoo/accuracy.ts';
import { models, shortName, type Model } from '../../zoo/models.ts';
import type { Times } from '../../zoo/times.ts';
import { verdictOf } from '../../zoo/verdict.ts';

/** A variant's costs at 224 px and its accuracies, as the table shows them. */
export interface Row extends Accuracy {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  /** Id, name and aliases in one string, as the filter compares them. */
  readonly haystack: string;
  readonly flops: number;
  readonly params: number;
  readonly acts: number;
  /** Milliseconds a picture, on a current GPU and a laptop's processor. */
  readonly gpu: number;
  readonly cpu: number;
  readonly difference: number;
  /** Whether the difference is more than chance explains. */
  readonly outside: boolean;
}

export type Key =
  'name' | 'flops' | 'params' | 'acts' | 'gpu' | 'cpu' | 'ours' | 'official' | 'difference';

export interface Sorting {
  readonly key: Key;
  readonly direction: 'ascending' | 'descending';
}

/** As the table stands without JavaScript: the smallest network first. */
export const FAMILY_ORDER: Sorting = { key: 'flops', direction: 'ascending' };

/** All twelve, the smallest first. */
export function allRows(times: Times): Row[] {
  return models.map((model) => {
    const { flops, params, acts } = networkOf(model.design).complexity;
    const { difference, outside } = verdictOf(model.id);
    return {
      id: model.id,
      name: model.name,
      short: shortName(model),
      haystack: haystackOf(model),
      flops,
      params,
      acts,
      gpu: times[model.id]?.gpu.ms ?? Number.NaN,
      cpu: times[model.id]?.cpu.ms ?? Number.NaN,
      ...accuracyOf(model.id),
      difference,
      outside,
    };
  });
}

/** The sorting after a press on a column's header: costs start small, accuracies start high. */
export function press(current: Sorting, key: Key): Sorting {
  if (current.key === key)
    return { key, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
  const high = key === 'ours' || key === 'official' || key === 'difference';
  return { key, direction: high ? 'descending' : 'ascending' };
}

/** Rows in the order of a sorting; equal ones, and names, keep the order of the family. */
export function sorted(rows: readonly Row[], { key, direction }: Sorting): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const value = (row: Row) => (key === 'name' ? row.flops : row[key]);
  return [...rows].sort((a, b) => sign * (value(a) - value(b)));
}

/** Rows of which an id, a name or an alias contains the query, whatever its case and separators. */
export function filtered(rows: readonly Row[], query: string): Row[] {
  const needle = plain(query);
  return rows.filter((row) => row.haystack.includes(needle));
}

function haystackOf({ id, name, aliases }: Model): string {
  return [id, name, ...aliases].map(plain).join('\n');
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}
