/** timm's evaluation of the official and of torchvision's V2 weights, on six test sets. */
import { ENDINGS } from './endings.ts';
import { models, type Model } from './models.ts';
import { citations, type Citation } from './results.ts';
import { timm } from './sources.ts';

/** A set of pictures that ImageNet-1k's classifiers are tested on. */
export interface TestSet {
  /** As timm's results name it. */
  readonly id: string;
  readonly name: string;
  /** What its pictures are, in a few words. */
  readonly pictures: string;
}

/** The sets, from the nearest to the validation set to the farthest. */
export const TEST_SETS: readonly TestSet[] = [
  { id: 'imagenet', name: 'ImageNet', pictures: 'the validation set itself' },
  { id: 'imagenet-real', name: 'ImageNet-ReaL', pictures: 'the same pictures, labelled anew' },
  {
    id: 'imagenetv2-matched-frequency',
    name: 'ImageNet-V2',
    pictures: 'new pictures, collected the same way',
  },
  { id: 'imagenet-r', name: 'ImageNet-R', pictures: 'renditions: paintings, toys, sculptures' },
  { id: 'imagenet-sketch', name: 'ImageNet-Sketch', pictures: 'black-and-white sketches' },
  {
    id: 'imagenet-a',
    name: 'ImageNet-A',
    pictures: 'photographs chosen because networks fail on them',
  },
];

/** The weights that timm measured, by how their names end. */
export const MEASURED = [
  { id: 'official', name: 'official', ending: ENDINGS.pyclsInTimm },
  { id: 'v2', name: 'torchvision V2', ending: ENDINGS.v2InTimm },
] as const;
export type Measured = (typeof MEASURED)[number]['id'];

/** One set of weights on one test set. */
export interface RobustnessFigure {
  readonly model: Model;
  readonly citation: Citation;
  /** Top-1 accuracy, percent. */
  readonly accuracy: number;
}

/** Top-1 accuracies on a test set, smallest variant first; V2 has seven of the twelve. */
export function robustness(set: TestSet, weights: Measured): RobustnessFigure[] {
  const { ending = '' } = MEASURED.find(({ id }) => id === weights) ?? {};
  return models.flatMap((model) => {
    const citation = citations(timm, model.id, 'top1').find(
      ({ figure }) => figure.dataset === set.id && figure.checkpoint?.endsWith(ending) === true,
    );
    return citation ? [{ model, citation, accuracy: citation.figure.value }] : [];
  });
}

/** What V2's recipe gains on a set over the official weights: the mean over the variants with both. */
export function gainOfV2(set: TestSet): number {
  const official = new Map(
    robustness(set, 'official').map(({ model, accuracy }) => [model.id, accuracy]),
  );
  const gains = robustness(set, 'v2').flatMap(({ model, accuracy }) => {
    const before = official.get(model.id);
    return before === undefined ? [] : [accuracy - before];
  });
  return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}
