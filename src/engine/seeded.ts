/** Weights drawn from a seed: a network that runs as fast as any, and knows nothing. */
import type { FoldedLayer, FoldedWeights } from '../checkpoints/index.ts';
import { hasWeights, type Layer } from '../regnet/index.ts';

/** `length` numbers from -1 to 1 that depend on the seed alone (mulberry32). */
export function seededValues(length: number, seed: number): Float32Array {
  const values = new Float32Array(length);
  let state = seed | 0;
  // By index: a network of a hundred million weights is drawn while somebody waits.
  for (let i = 0; i < length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    values[i] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return values;
}

/**
 * One layer's folded weights, scaled by its fan-in (He et al. 2015, equation 10, without the factor
 * for the ReLU, since shortcuts add) so that activations stay finite through the deepest network, in
 * half floats as well, and none becomes so small that a processor slows down.
 */
export function seededLayer(
  { kernel, cin, cout, groups }: Pick<Layer, 'kernel' | 'cin' | 'cout' | 'groups'>,
  seed: number,
): FoldedLayer {
  const fan = (kernel * kernel * cin) / groups;
  const values = seededValues(fan * cout + cout, seed);
  const scale = Math.sqrt(3 / fan);
  const weight = values.subarray(0, fan * cout);
  for (let i = 0; i < weight.length; i++) weight[i] = (weight[i] ?? 0) * scale;
  return { weight, bias: values.subarray(fan * cout).map((v) => v / 10) };
}

/** Weights for every layer, each drawn when it is asked for, so that two are never held at once. */
export function seededWeights(layers: readonly Layer[], seed: number): Pick<FoldedWeights, 'get'> {
  const places = new Map(layers.map((layer, index) => [layer.name, { layer, index }] as const));
  return {
    get: (name) => {
      const place = places.get(name);
      if (!place || !hasWeights(place.layer)) return undefined;
      return seededLayer(place.layer, seed + place.index);
    },
  };
}
