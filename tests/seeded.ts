import type { FoldedLayer, FoldedWeights } from '../src/checkpoints/fold.ts';
import type { Layer } from '../src/regnet/index.ts';

/** `length` numbers from -1 to 1 that depend on the seed alone (mulberry32). */
export function seededValues(length: number, seed: number): Float32Array {
  let state = seed | 0;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** Weights for every layer, scaled so that activations keep their size through the network. */
export function seededWeights(layers: readonly Layer[], seed: number): FoldedWeights {
  const weights = new Map<string, FoldedLayer>();
  for (const [index, { name, op, kernel, cin, cout, groups }] of layers.entries()) {
    if (op === 'pool') continue;
    const fan = (kernel * kernel * cin) / groups;
    const values = seededValues(fan * cout + cout, seed + index);
    weights.set(name, {
      weight: values.subarray(0, fan * cout).map((v) => v * Math.sqrt(3 / fan)),
      bias: values.subarray(fan * cout).map((v) => v / 10),
    });
  }
  return weights;
}

/** The largest difference; NaN when any of them is. */
export function maxAbsError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length)
    throw new Error(`${actual.length} values where ${expected.length} were expected.`);
  return expected.reduce((max, value, i) => Math.max(max, Math.abs((actual[i] ?? NaN) - value)), 0);
}

/** The largest difference, relative to the largest expected magnitude. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  const magnitude = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return maxAbsError(actual, expected) / magnitude;
}
