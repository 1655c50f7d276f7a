import { accuracyIn, citation, citations, type Citation } from './results.ts';
import { paper, pycls, seed } from './sources.ts';

/** Top-1 accuracies of a variant on ImageNet-1k in percent, and the batch sizes of training. */
export interface Accuracy {
  /** d-li14's own. */
  readonly ours: number;
  /** From pycls's exact error. */
  readonly official: number;
  readonly batch: number;
  readonly officialBatch: number;
}

/** Ours beside the official accuracy of a variant. */
export function accuracyOf(model: string): Accuracy {
  return {
    ours: citation(seed, model, 'top1').figure.value,
    official: accuracyIn(citation(pycls, model, 'top1_error')),
    batch: citation(seed, model, 'batch_size').figure.value,
    officialBatch: citation(pycls, model, 'batch_size').figure.value,
  };
}

/** The mean error of the paper's five trainings of a variant, with their standard deviation. */
export function fiveTrainings(model: string): { citation: Citation; deviation: number } {
  const found = citations(paper, model, 'top1_error_mean_of_5_runs').find(
    ({ figure }) => figure.dataset === 'imagenet',
  );
  if (found?.figure.deviation === undefined)
    throw new Error(`The paper has no standard deviation for ${model}.`);
  return { citation: found, deviation: found.figure.deviation };
}

/** The standard deviation of top-1 over the paper's five trainings, percentage points. */
export function deviationOf(model: string): number {
  return fiveTrainings(model).deviation;
}
