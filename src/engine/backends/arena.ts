/**
 * Blocks of memory: addresses, or buffers. What was given back serves the next that fits in; blocks
 * are not cut, since activations come in few sizes.
 */
export interface Arena<Block> {
  /** The smallest free block of so many bytes, or a new one. */
  take(bytes: number): Block;
  give(block: Block): void;
  /** Gives all blocks back to where they are from, used or not. */
  dispose(): void;
}

/** An arena that has its blocks from somewhere else. */
export function createArena<Block>(source: Pick<Arena<Block>, 'take' | 'give'>): Arena<Block> {
  const sizes = new Map<Block, number>();
  const free = new Set<Block>();
  const sizeOf = (block: Block): number => sizes.get(block) ?? 0;
  return {
    take(bytes) {
      const fitting = [...free].filter((block) => sizeOf(block) >= bytes);
      const [best] = fitting.toSorted((a, b) => sizeOf(a) - sizeOf(b));
      if (best !== undefined) {
        free.delete(best);
        return best;
      }
      const made = source.take(bytes);
      sizes.set(made, bytes);
      return made;
    },
    give(block) {
      if (!sizes.has(block) || free.has(block))
        throw new RangeError('No such block of memory is in use.');
      free.add(block);
    },
    dispose() {
      for (const block of sizes.keys()) source.give(block);
      sizes.clear();
      free.clear();
    },
  };
}
