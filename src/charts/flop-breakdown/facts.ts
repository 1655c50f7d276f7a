import { COSTS, type Complexity, type Cost } from '../../regnet/index.ts';
import type { Table } from '../shared/DataTable.tsx';
import { formatInteger, formatShare } from '../shared/format.ts';
import type { Reading } from '../shared/Readout.tsx';
import { COST_LABELS, formatCost, say, type Text } from '../shared/units.ts';
import { layersIn, type Node } from './tree.ts';

/** What the picture shows, in a sentence: the kinds that cost the most. */
export function pointOf(name: string, tree: Node, kinds: readonly Node[], cost: Cost): Text {
  const [grouped, pointwise] = kinds.map((kind) => formatShare(kind[cost] / tree[cost]));
  return say`Grouped 3×3 convolutions take ${grouped ?? ''} of the ${COST_LABELS[cost]} of ${name}, 1×1 convolutions ${pointwise ?? ''}.`;
}

/** A part of a network, or all of it: its three costs and their shares. */
export function describe(
  tree: Node,
  node: Node,
  resolution: number,
): { heading: string; readings: Reading[] } {
  return {
    heading: `${node.name.charAt(0).toUpperCase()}${node.name.slice(1)}, at ${resolution} px`,
    readings: COSTS.map((cost) => ({
      term: COST_LABELS[cost],
      value: formatCost(cost, node[cost]),
      note: `${formatShare(node[cost] / tree[cost])} of all`,
    })),
  };
}

/** A total beside the published one. */
export interface Total {
  readonly cost: Cost;
  readonly value: Text;
  readonly note: Text;
}

/** The exact totals, compared with the published ones, which hold at 224 px. */
export function totalsOf(counts: Complexity, published: Complexity | null): Total[] {
  return COSTS.map((cost) => {
    const other = published?.[cost];
    const note =
      other === undefined
        ? ''
        : other === counts[cost]
          ? 'as published'
          : say`published at 224 px: ${formatCost(cost, other, formatInteger)}`;
    return { cost, value: formatCost(cost, counts[cost], formatInteger), note };
  });
}

/** Every layer's three costs and shares, then the sums: by kind, by stage, over all. */
export function breakdownTable(
  name: string,
  tree: Node,
  kinds: readonly Node[],
  resolution: number,
): Table {
  const row = (label: string, node: Node): Text[] => [
    label,
    ...COSTS.flatMap((cost) => [
      formatCost(cost, node[cost], formatInteger),
      `${((100 * node[cost]) / tree[cost]).toFixed(2)}%`,
    ]),
  ];
  return {
    caption: `Costs of ${name} at ${resolution} px, layer by layer under timm’s names.`,
    head: [
      'layer',
      ...COSTS.flatMap((cost) => [COST_LABELS[cost], say`share of ${COST_LABELS[cost]}`]),
    ],
    rows: [
      ...layersIn(tree).map((node) => row(node.module, node)),
      ...tree.children
        .filter(({ layer }) => !layer)
        .map((node) => row(`all of ${node.name}`, node)),
      ...kinds.filter(({ children }) => !children[0]?.layer).map((node) => row(node.name, node)),
      row('all', tree),
    ],
  };
}
