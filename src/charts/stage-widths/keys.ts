import { step } from '../shared/selection.ts';
import type { Bar } from './geometry.ts';

/**
 * Where a key leads among the blocks' marks and the stages' after them: left and right along either,
 * down from a block to its stage, up from a stage to its first block.
 */
export function neighbour(
  bars: readonly Bar[],
  stages: number,
  key: string,
  from: number,
): number | null {
  const blocks = bars.length;
  if (from < blocks) {
    const stage = bars[from]?.block.stage;
    if (key === 'ArrowDown') return stage === undefined ? null : blocks + stage - 1;
    return key === 'ArrowUp' ? null : step(key, from, blocks);
  }
  if (key === 'ArrowUp') return bars.findIndex(({ block }) => block.stage === from - blocks + 1);
  if (key === 'ArrowDown') return null;
  const to = step(key, from - blocks, stages);
  return to === null ? null : blocks + to;
}
