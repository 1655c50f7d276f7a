import { float32Bytes, networkOf } from '../../regnet/index.ts';
import { accuracyOf, type Accuracy } from '../../zoo/accuracy.ts';
import type { Best, Bests } from '../../zoo/best.ts';
import { matchingModels, models, shortName } from '../../zoo/models.ts';
import type { Times } from '../../zoo/times.ts';
import { verdictOf } from '../../zoo/verdict.ts';

/** What can be had of a variant, its costs at 224 px and its accuracies, as the table shows them. */
export interface Row extends Accuracy {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  /** The most accurate weights that can be downloaded; NaN, unnamed, where the page gives none. */
  readonly best: number;
  readonly bestBy: Best | null;
  /** The file as float32. */
  readonly bytes: number;
  readonly flops: number;
  readonly params: number;
  /** Milliseconds a picture, on a current GPU and a laptop's processor. */
  readonly gpu: number;
  readonly cpu: number;
  readonly difference: number;
  /** Whether the difference is more than chance explains. */
  readonly outside: boolean;
}

/** What the columns hold, and what can be sorted by. */
export const KEYS = [
  'name',
  'best',
  'gpu',
  'cpu',
  'bytes',
  'ours',
  'official',
  'difference',
  'flops',
  'params',
] as const;
export type Key = (typeof KEYS)[number];

export interface Sorting {
  readonly key: Key;
  readonly direction: 'ascending' | 'descending';
}

/** As the table stands without JavaScript: the smallest network first. */
export const FAMILY_ORDER: Sorting = { key: 'flops', direction: 'ascending' };

/** All twelve, the smallest first. */
export function allRows(times: Times, bests: Bests): Row[] {
  return models.map((model) => {
    const { layers, complexity } = networkOf(model.design);
    const bestBy = bests[model.id] ?? null;
    const { difference, outside } = verdictOf(model.id);
    return {
      id: model.id,
      name: model.name,
      short: shortName(model),
      best: bestBy?.accuracy ?? Number.NaN,
      bestBy,
      bytes: float32Bytes(layers),
      flops: complexity.flops,
      params: complexity.params,
      gpu: times[model.id]?.gpu.ms ?? Number.NaN,
      cpu: times[model.id]?.cpu.ms ?? Number.NaN,
      ...accuracyOf(model.id),
      difference,
      outside,
    };
  });
}

const ACCURACIES: readonly Key[] = ['best', 'ours', 'official', 'difference'];

/** How a column is sorted first: costs start small, accuracies start high. */
export function firstDirection(key: Key): Sorting['direction'] {
  return ACCURACIES.includes(key) ? 'descending' : 'ascending';
}

/** The sorting after a press on a column's header. */
export function press(current: Sorting, key: Key): Sorting {
  if (current.key !== key) return { key, direction: firstDirection(key) };
  return { key, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
}

/** Rows in the order of a sorting; equal ones, and names, keep the order of the family. */
export function sorted(rows: readonly Row[], { key, direction }: Sorting): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const value = (row: Row) => (key === 'name' ? row.flops : row[key]);
  return [...rows].sort((a, b) => sign * (value(a) - value(b)));
}

/** Rows of the variants that a query may mean. */
export function filtered(rows: readonly Row[], query: string): Row[] {
  const meant = new Set(matchingModels(query).map(({ id }) => id));
  return rows.filter(({ id }) => meant.has(id));
}
