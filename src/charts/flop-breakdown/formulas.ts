import { formulaOf, type Cost, type Formula } from '../../regnet/index.ts';
import { formatInteger } from '../shared/format.ts';
import { COST_LABELS, formatCost, say, type Text } from '../shared/units.ts';
import type { Node } from './tree.ts';

/** One term of the sum that a stage, a block or a kind of layer is. */
export interface Term {
  readonly times: number;
  readonly value: number;
  readonly name: string;
}

/** What a node's cost adds up from; blocks that cost the same make one term. */
export function termsOf({ children }: Node, cost: Cost): Term[] {
  const runs: Node[][] = [];
  for (const child of children) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run && first?.level === 2 && child.level === 2 && first[cost] === child[cost])
      run.push(child);
    else runs.push([child]);
  }
  return runs.map((run) => {
    const [first, last] = [run.at(0), run.at(-1)];
    const name =
      first === last ? (first?.own ?? '') : `blocks ${first?.short ?? ''} to ${last?.short ?? ''}`;
    return { times: run.length, value: first?.[cost] ?? 0, name };
  });
}

/**
 * How a node's cost comes about, with its numbers: `3 × 3 × 24 channels a group × 152 channels out ×
 * 28 × 28 pixels = 25,740,288 multiply-adds` for a layer, the sum of its parts for anything larger.
 */
export function formulaText(node: Node, cost: Cost): Text {
  const [only] = node.children;
  if (only?.layer && node.children.length === 1) return formulaText(only, cost);
  const result = say`${formatCost(cost, node[cost], formatInteger)} ${COST_LABELS[cost]}`;
  if (node.layer) return say`${layerText(formulaOf(node.layer, cost), cost)} = ${result}`;
  const terms = termsOf(node, cost).map(({ times, value, name }) => {
    const factor = times > 1 ? `${times} × ` : '';
    return say`${factor}${formatCost(cost, value, formatInteger)} (${name})`;
  });
  const sum = terms.reduce((before, term) => say`${before} + ${term}`);
  return say`${sum} = ${result}`;
}

/** A sum of products; as operations, twice of it. */
function layerText(formula: Formula, cost: Cost): Text {
  const products = formula.map((product) =>
    product
      .map(({ value, counts }) => formatInteger(value) + (counts ? ` ${counts}` : ''))
      .join(' × '),
  );
  const text = products.join(' + ');
  if (cost !== 'flops') return text;
  return { '1x': text, '2x': products.length > 1 ? `2 × (${text})` : `2 × ${text}` };
}
