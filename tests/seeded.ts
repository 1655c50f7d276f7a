import type { FoldedLayer, FoldedWeights } from '../src/checkpoints/fold.ts';
import { seededLayer } from '../src/engine/seeded.ts';
import type { Layer } from '../src/regnet/index.ts';

export { seededValues } from '../src/engine/seeded.ts';

/** Weights for every layer, all drawn at once. */
export function seededWeights(layers: readonly Layer[], seed: number): FoldedWeights {
  return new Map(
    layers.flatMap((layer, index): [string, FoldedLayer][] =>
      layer.op === 'pool' ? [] : [[layer.name, seededLayer(layer, seed + index)]],
    ),
  );
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
