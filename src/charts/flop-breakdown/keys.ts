import { step } from '../shared/selection.ts';
import type { FlopBreakdownGeometry } from './geometry.ts';
import { nameOf, type Target } from './parts.ts';

/** Everything that can be chosen, in reading order: the cells, then the operators' rows. */
export function targetsOf({ cells, rows }: FlopBreakdownGeometry): Target[] {
  return [
    ...cells.map(({ target }) => target),
    ...rows.map(({ operator }): Target => ({ kind: 'operator', operator })),
  ];
}

/**
 * Where a key leads: left and right along a row of the icicle, down from a stage to its operators
 * and from there to the operator's sum, up the same way back.
 */
export function neighbour(targets: readonly Target[], key: string, from: number): number | null {
  const here = targets[from];
  if (!here) return null;
  const find = (wanted: Target) =>
    targets.findIndex((t) => t.kind === wanted.kind && nameOf(t) === nameOf(wanted));
  if (here.kind === 'operator') {
    const first = targets.findIndex((t) => t.kind === 'operator');
    if (key === 'ArrowUp' && from === first) return 0;
    const to = step(key, from - first, targets.length - first);
    return to === null ? null : to + first;
  }
  if (key === 'ArrowDown')
    return here.kind === 'stage' ? from + 1 : find({ kind: 'operator', operator: here.operator });
  if (key === 'ArrowUp')
    return here.kind === 'part' && here.stage > 0
      ? find({ kind: 'stage', stage: here.stage })
      : null;
  const kind = isBoth(here) ? 'stage' : here.kind;
  const level = targets.flatMap((t, i) => (t.kind === kind || isBoth(t) ? [i] : []));
  const to = step(key, level.indexOf(from), level.length);
  return to === null ? null : (level[to] ?? null);
}

/** Stem and head stand in both rows of the icicle. */
function isBoth(target: Target): boolean {
  return target.kind === 'part' && target.stage === 0;
}
