/** The names of classes, by list: each is loaded when a network with its classes is. */
import type { CheckpointMeaning } from '../checkpoints/index.ts';

/** A set of content/labels/; the build makes a module of each. */
const LISTS: Readonly<Record<string, () => Promise<{ readonly default: readonly string[] }>>> = {
  'imagenet-1k': () => import('../../content/labels/imagenet-1k.tsv'),
  'tiny-imagenet-200': () => import('../../content/labels/tiny-imagenet-200.tsv'),
};

/** The names in the order of the outputs; empty where none are known. */
export async function namesOf(labels: CheckpointMeaning['labels']): Promise<readonly string[]> {
  if (typeof labels !== 'string') return labels ?? [];
  const list = Object.hasOwn(LISTS, labels) ? LISTS[labels] : undefined;
  return list ? (await list()).default : [];
}
