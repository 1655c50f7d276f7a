import type { Cost } from './complexity.ts';
import type { Layer } from './layers.ts';

/** A number in a formula, with what it counts where that does not go without saying. */
export interface Factor {
  readonly value: number;
  readonly counts?: string;
}

/** A sum of products. */
export type Formula = readonly (readonly Factor[])[];

/**
 * How a layer's cost comes about, as pycls counts it (pycls/models/blocks.py, `conv2d_cx`,
 * `norm2d_cx` and `linear_cx`): what `formulaOf` says evaluates to what the layer says. A pool, which
 * costs nothing, is the empty sum.
 */
export function formulaOf(layer: Layer, cost: Cost): Formula {
  const { op, kernel, groups, cin, cout, hout, wout } = layer;
  if (op === 'pool') return [];
  const input = groups > 1 ? 'channels a group' : 'channels in';
  if (op === 'fc') {
    const classes = { value: cout, counts: 'classes' };
    if (cost === 'acts') return [[classes]];
    return [[{ value: cin, counts: input }, classes], [{ value: cout, counts: 'biases' }]];
  }
  const place = [{ value: hout }, { value: wout, counts: 'pixels' }];
  const channels = { value: cout, counts: 'channels out' };
  if (cost === 'acts') return [[channels, ...place]];
  const weights = [
    { value: kernel },
    { value: kernel },
    { value: cin / groups, counts: input },
    channels,
  ];
  if (cost === 'flops') return [[...weights, ...place]];
  return [weights, [{ value: 2 }, { value: cout, counts: 'of batch norm' }]];
}

/** What a formula comes to. */
export function evaluate(formula: Formula): number {
  return formula.reduce(
    (sum, product) => sum + product.reduce((result, { value }) => result * value, 1),
    0,
  );
}
