/** How a GPU counts channels: in blocks of four, of which none belongs to two groups. */
import type { FilterShape } from '../backend.ts';

/** Channels that are read, multiplied and written at once. */
export const BLOCK = 4;

/** Groups of a filter as the GPU computes them. */
export interface FilterGrid {
  readonly groups: number;
  /** Blocks of input channels of a group. */
  readonly blocksIn: number;
  /** Blocks of output channels of a group. */
  readonly blocksOut: number;
}

/**
 * The groups of a filter, so many of them taken together, with zeros between them, that none shares
 * a block of channels with its neighbour. Every group of the family has a multiple of eight channels
 * and stays alone; a user's design may have odd ones.
 */
export function filterGridOf({ groups, cin, cout }: FilterShape): FilterGrid {
  const [groupIn, groupOut] = [cin / groups, cout / groups];
  const fits = (n: number): boolean =>
    groups % n === 0 && (groupIn * n) % BLOCK === 0 && (groupOut * n) % BLOCK === 0;
  const together = [1, 2, 4].find(fits) ?? groups;
  return {
    groups: groups / together,
    blocksIn: Math.ceil((groupIn * together) / BLOCK),
    blocksOut: Math.ceil((groupOut * together) / BLOCK),
  };
}
