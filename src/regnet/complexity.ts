import type { Layer } from './layers.ts';

/** The three costs that the paper and pycls report. */
export interface Complexity {
  readonly params: number;
  /** Multiply-adds. */
  readonly flops: number;
  /** Output elements of convolutions and the classifier. */
  readonly acts: number;
}

export type Cost = keyof Complexity;
export const COSTS = ['flops', 'params', 'acts'] as const satisfies readonly Cost[];

/** The sums of parameters, multiply-adds and activations over layers. */
export function complexityOf(layers: readonly Layer[]): Complexity {
  const total = { params: 0, flops: 0, acts: 0 };
  for (const layer of layers) {
    total.params += layer.params;
    total.flops += layer.flops;
    total.acts += layer.acts;
  }
  return total;
}

/** Running means and variances of batch norm, two a channel: stored with the weights, not trained. */
export function runningStatistics(layers: readonly Layer[]): number {
  return layers.reduce((sum, layer) => sum + (layer.op === 'conv' ? 2 * layer.cout : 0), 0);
}

/** Bytes of parameters and running statistics as float32, without a file's container. */
export function float32Bytes(layers: readonly Layer[]): number {
  return 4 * (complexityOf(layers).params + runningStatistics(layers));
}
