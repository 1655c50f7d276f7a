/** What the weights may be used for: content/use.json, and the figures that belong to it. */
import file from '../../content/use.json' with { type: 'json' };
import { robustness, TEST_SETS, type RobustnessFigure, type TestSet } from './robustness.ts';
import type { Use } from './schema.ts';

export const use: Use = file;

/** How the official weights of a variant do on pictures of another origin than the validation set. */
export interface Elsewhere {
  readonly set: TestSet;
  readonly here: RobustnessFigure;
  readonly there: RobustnessFigure;
}

/** On new pictures that were collected in the same way, and on sketches: near and far. */
export function elsewhere(model: string): Elsewhere[] {
  const on = (id: string) => {
    const set = TEST_SETS.find((candidate) => candidate.id === id);
    const figure = set && robustness(set, 'official').find((row) => row.model.id === model);
    if (!set || !figure) throw new Error(`timm has not measured ${model} on ${id}.`);
    return { set, figure };
  };
  const here = on('imagenet').figure;
  return ['imagenetv2-matched-frequency', 'imagenet-sketch'].map((id) => {
    const { set, figure } = on(id);
    return { set, here, there: figure };
  });
}
