/** What is published about how ours and the official networks were trained. */
import { accuracyOf } from './accuracy.ts';
import { models, type Model } from './models.ts';
import { citation, type Citation } from './results.ts';
import { pycls, seed } from './sources.ts';

/** Neighbouring variants that each side trained alike. */
export interface TrainingGroup {
  readonly models: readonly Model[];
  /** Pictures a step. */
  readonly batch: Citation;
  readonly officialBatch: Citation;
  /** The learning rate after warm-up; ours is not published. */
  readonly officialRate: Citation;
  /** Whether the batches differ. */
  readonly differs: boolean;
}

/** The twelve in groups of equal batch sizes and learning rates, smallest first. */
export function trainingGroups(): TrainingGroup[] {
  const groups: { key: string; models: Model[] }[] = [];
  for (const model of models) {
    const { batch, officialBatch } = accuracyOf(model.id);
    const rate = citation(pycls, model.id, 'base_lr').figure.value;
    const key = [batch, officialBatch, rate].join();
    const last = groups.at(-1);
    if (last?.key === key) last.models.push(model);
    else groups.push({ key, models: [model] });
  }
  return groups.flatMap(({ models }) => {
    const [first] = models;
    if (!first) return [];
    const batch = citation(seed, first.id, 'batch_size');
    const officialBatch = citation(pycls, first.id, 'batch_size');
    return {
      models,
      batch,
      officialBatch,
      officialRate: citation(pycls, first.id, 'base_lr'),
      differs: batch.figure.value !== officialBatch.figure.value,
    };
  });
}
