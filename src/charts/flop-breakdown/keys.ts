import { step } from '../shared/selection.ts';
import type { Node } from './tree.ts';

/**
 * Where a key leads among all marks, the kinds before the nodes of the tree: up and down from kind
 * to kind and on to the tree; there left and right along a level, down into a part and up out of it.
 */
export function neighbour(
  kinds: readonly Node[],
  nodes: readonly Node[],
  key: string,
  from: number,
): number | null {
  if (from < kinds.length) {
    if (key === 'ArrowDown' && from === kinds.length - 1) return kinds.length;
    return step(key, from, kinds.length);
  }
  const here = nodes[from - kinds.length];
  if (!here) return null;
  const index = (node: Node | undefined) => (node ? kinds.length + nodes.indexOf(node) : null);
  if (key === 'ArrowDown') return index(here.children[0]);
  if (key === 'ArrowUp')
    return here.level === 1
      ? kinds.length - 1
      : index(nodes.find((node) => node.children.includes(here)));
  // Stem and fc fill all levels.
  const row = nodes.filter(
    (node) => node.level === here.level || (node.level === 1 && node.layer !== null),
  );
  const level = row.includes(here) ? row : nodes;
  const to = step(key, level.indexOf(here), level.length);
  return to === null ? null : index(level[to]);
}
