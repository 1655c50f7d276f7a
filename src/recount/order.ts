/**
 * The order in which pictures are counted. Folders come class after class; what stands after some of
 * them says something of the whole only if they come in random order.
 */

/** The same order in every run, so that a recount can be repeated and resumed. */
const SEED = 0x5eed;

/** A random order of the items, the same for as many items (Fisher and Yates; Mulberry32). */
export function shuffled<T>(items: readonly T[]): T[] {
  const order = [...items];
  const random = randomFrom(SEED);
  for (let end = order.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1));
    const [a, b] = [order[end], order[other]];
    if (a === undefined || b === undefined) continue;
    order[end] = b;
    order[other] = a;
  }
  return order;
}

/** Uniform in [0, 1): Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
