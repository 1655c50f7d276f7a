import { citation } from './results.ts';
import { pycls, seed } from './sources.ts';

/** Top-1 accuracies of a variant on ImageNet-1k in percent, and the batch sizes of training. */
export interface Accuracy {
  /** The seed's own. */
  readonly ours: number;
  /** 100 - pycls's exact error. */
  readonly official: number;
  readonly batch: number;
  readonly officialBatch: number;
}

/** Ours beside the official accuracy of a variant. */
export function accuracyOf(model: string): Accuracy {
  return {
    ours: citation(seed, model, 'top1').figure.value,
    official: 100 - citation(pycls, model, 'top1_error').figure.value,
    batch: citation(seed, model, 'batch_size').figure.value,
    officialBatch: citation(pycls, model, 'batch_size').figure.value,
  };
}
