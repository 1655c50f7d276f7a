import type { Layer } from './layers.ts';
import { hasNorm, type Complexity } from './ops.ts';

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
  return layers.reduce((sum, layer) => sum + (hasNorm(layer) ? 2 * layer.cout : 0), 0);
}

/** Bytes of parameters and running statistics as float32, without a file's container. */
export function float32Bytes(layers: readonly Layer[]): number {
  return 4 * (complexityOf(layers).params + runningStatistics(layers));
}
