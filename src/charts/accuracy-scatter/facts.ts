import { extent } from 'd3-array';
import { COSTS } from '../../regnet/index.ts';
import type { Table } from '../shared/DataTable.tsx';
import {
  COST_NAMES,
  formatAccuracy,
  formatCount,
  formatDifference,
  formatInteger,
} from '../shared/format.ts';
import type { Reading } from '../shared/Readout.tsx';
import type { Candidate } from './geometry.ts';

/** One variant's figures, or the range of all for null. */
export function readingsOf(candidates: readonly Candidate[], chosen: Candidate | null): Reading[] {
  const range = (
    value: (c: Candidate) => number,
    format: (n: number) => string,
    between = '–',
  ): string => {
    if (chosen) return format(value(chosen));
    const [low = 0, high = 0] = extent(candidates, value);
    return format(low) + between + format(high);
  };
  const percent = (value: number) => (chosen ? formatAccuracy(value) : value.toFixed(1));
  return [
    { term: 'ours', value: range((c) => c.ours, percent) + (chosen ? '' : '%') },
    { term: 'official', value: range((c) => c.official, percent) + (chosen ? '' : '%') },
    { term: 'difference', value: range((c) => c.ours - c.official, formatDifference, '…') },
    ...COSTS.map((cost) => ({
      term: COST_NAMES[cost],
      value: range(
        (c) => c[cost],
        (n) => formatCount(n, 3),
      ),
    })),
  ];
}

/** Every variant's costs and accuracies, exactly. */
export function scatterTable(candidates: readonly Candidate[]): Table {
  return {
    caption: 'Costs at 224 px and top-1 accuracy on ImageNet-1k',
    head: ['variant', ...COSTS.map((cost) => COST_NAMES[cost]), 'ours', 'official', 'difference'],
    rows: candidates.map((c) => [
      c.name,
      ...COSTS.map((cost) => formatInteger(c[cost])),
      formatAccuracy(c.ours),
      formatAccuracy(c.official),
      formatDifference(c.ours - c.official),
    ]),
  };
}
