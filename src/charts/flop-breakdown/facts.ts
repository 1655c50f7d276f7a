import { COSTS, type Complexity, type Cost } from '../../regnet/index.ts';
import type { Table } from '../shared/DataTable.tsx';
import { COST_NAMES, formatCount, formatInteger, formatShare } from '../shared/format.ts';
import type { Reading } from '../shared/Readout.tsx';
import { belongs, nameOf, OPERATORS, total, type Part, type Target } from './parts.ts';

/** What was chosen, or the whole network for null: its three costs and their shares. */
export function describe(
  parts: readonly Part[],
  chosen: Target | null,
  resolution: number,
): { heading: string; readings: Reading[] } {
  const own = chosen === null ? parts : parts.filter((part) => belongs(part, chosen));
  return {
    heading: `${chosen === null ? 'The whole network' : capitalised(nameOf(chosen))} at ${resolution} px`,
    readings: COSTS.map((cost) => ({
      term: COST_NAMES[cost],
      value: formatCount(total(own, cost)),
      note: `${formatShare(total(own, cost) / total(parts, cost))} of all`,
    })),
  };
}

/** What the picture shows, in a sentence. */
export function pointOf(name: string, parts: readonly Part[], cost: Cost): string {
  const share = (...roles: readonly string[]) => {
    const own = parts.filter((part) => roles.includes(part.operator.role));
    return formatShare(total(own, cost) / total(parts, cost));
  };
  return `Grouped 3×3 convolutions take ${share('conv2')} of the ${COST_NAMES[cost]} of ${name}, 1×1 convolutions ${share('conv1', 'conv3')}.`;
}

/** A total beside the published one. */
export interface Total {
  readonly cost: string;
  readonly value: string;
  readonly note: string;
}

/** The exact totals, compared with the published ones, which hold at 224 px. */
export function totalsOf(parts: readonly Part[], published: Complexity | null): Total[] {
  return COSTS.map((cost) => {
    const value = total(parts, cost);
    const other = published?.[cost];
    const note =
      other === undefined
        ? ''
        : other === value
          ? 'as published'
          : `published at 224 px: ${formatInteger(other)}`;
    return { cost: COST_NAMES[cost], value: formatInteger(value), note };
  });
}

/** Every part's three costs, and the sums by operator and over all. */
export function breakdownTable(name: string, parts: readonly Part[], resolution: number): Table {
  const row = (label: string, own: readonly Part[]) => [
    label,
    ...COSTS.flatMap((cost) => [
      formatInteger(total(own, cost)),
      formatShare(total(own, cost) / total(parts, cost)),
    ]),
  ];
  const stages = [...new Set(parts.map(({ stage }) => stage))].filter((stage) => stage > 0);
  return {
    caption: `Costs of ${name} at ${resolution} px. Multiply-adds are what the paper calls FLOPs.`,
    head: ['part', ...COSTS.flatMap((cost) => [COST_NAMES[cost], `share of ${COST_NAMES[cost]}`])],
    rows: [
      ...parts.map((part) =>
        row(nameOf({ kind: 'part', stage: part.stage, operator: part.operator }), [part]),
      ),
      ...stages.map((stage) =>
        row(
          `all of stage ${stage}`,
          parts.filter((part) => part.stage === stage),
        ),
      ),
      ...OPERATORS.filter(({ role }) => role !== 'stem' && role !== 'head').map((operator) =>
        row(
          `${operator.name}, all stages`,
          parts.filter((part) => part.operator === operator),
        ),
      ),
      row('all', parts),
    ],
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
