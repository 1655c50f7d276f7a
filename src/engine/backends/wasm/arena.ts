/**
 * Blocks of memory by their addresses. What was given back serves the next that fits in; blocks are
 * not cut, since activations come in few sizes.
 */
export interface Arena {
  /** The address of the smallest free block of so many bytes, or of a new one. */
  take(bytes: number): number;
  give(address: number): void;
  /** Gives all blocks back to where they are from, used or not. */
  dispose(): void;
}

/** An arena that has its blocks from somewhere else. */
export function createArena(source: Pick<Arena, 'take' | 'give'>): Arena {
  const sizes = new Map<number, number>();
  const free = new Set<number>();
  const sizeOf = (address: number): number => sizes.get(address) ?? 0;
  return {
    take(bytes) {
      const fitting = [...free].filter((address) => sizeOf(address) >= bytes);
      const [best] = fitting.toSorted((a, b) => sizeOf(a) - sizeOf(b));
      if (best !== undefined) {
        free.delete(best);
        return best;
      }
      const made = source.take(bytes);
      sizes.set(made, bytes);
      return made;
    },
    give(address) {
      if (!sizes.has(address) || free.has(address))
        throw new RangeError(`No block that is in use begins at ${address}.`);
      free.add(address);
    },
    dispose() {
      for (const address of sizes.keys()) source.give(address);
      sizes.clear();
      free.clear();
    },
  };
}
