/** Who trained each design, and who measured whose weights: on ImageNet-1k's validation set. */
import { fiveTrainings } from './accuracy.ts';
import { allSources } from './all-sources.ts';
import { models, type Model } from './models.ts';
import { accuracyIn, citations, type Citation } from './results.ts';
import { TRAININGS, type Source, type Training } from './schema.ts';
import {
  imgclsmob,
  keras,
  mmpretrain,
  paddleclas,
  pycls,
  seed,
  torchvision,
  transformers,
} from './sources.ts';

/** What a training is called, and the source that trained and measured first. */
export const FIRST_HAND: Readonly<
  Record<Training, { readonly name: string; readonly source: Source }>
> = {
  'd-li14': { name: 'd-li14', source: seed },
  pycls: { name: 'pycls', source: pycls },
  'torchvision-v1': { name: 'torchvision V1', source: torchvision },
  'torchvision-v2': { name: 'torchvision V2', source: torchvision },
  mmpretrain: { name: 'MMPretrain', source: mmpretrain },
  imgclsmob: { name: 'imgclsmob', source: imgclsmob },
  keras: { name: 'Keras', source: keras },
  paddleclas: { name: 'PaddleClas', source: paddleclas },
};

/** What those are called who measured weights of others. */
const MEASURERS: Readonly<Record<string, string>> = {
  timm: 'timm',
  'mmcls-2021': 'OpenMMLab',
  'imgclsmob-chainer': 'its Chainer copy',
  'imgclsmob-tensorflow2': 'its TensorFlow copy',
  'open-model-zoo': 'Open Model Zoo',
  qualcomm: 'Qualcomm',
};

/** An accuracy that somebody measured. */
export interface Measured {
  readonly training: Training;
  readonly citation: Citation;
  /** Percent; from the error where errors are printed. */
  readonly accuracy: number;
}

/** The same weights, measured by others. */
export interface MeasuredAgain extends Measured {
  readonly by: string;
  /** accuracy - the first measurement of these weights, percentage points. */
  readonly shift: number;
}

/** All that is published of a design: trainings, measurements of them, and the paper's five runs. */
export interface Trained {
  readonly model: Model;
  /** One a training, in the order of TRAININGS. */
  readonly trainings: readonly Measured[];
  readonly again: readonly MeasuredAgain[];
  /** The mean of pycls's five trainings, and their standard deviation, percent. */
  readonly five: { readonly citation: Citation; readonly mean: number; readonly deviation: number };
}

/** The first measurement of a training's weights, by whoever trained them. */
export function firstMeasured(
  training: Training,
  model: string,
  metric: 'top1' | 'top5' = 'top1',
): Measured | null {
  const found = citations(FIRST_HAND[training].source, model).find(
    ({ figure, protocol }) =>
      protocol?.weights === training &&
      figure.dataset === 'imagenet' &&
      (figure.metric === metric || figure.metric === `${metric}_error`),
  );
  return found ? { training, citation: found, accuracy: accuracyIn(found) } : null;
}

/** Every training and every measurement of a variant. */
export function trainedOf(model: Model): Trained {
  const { citation, deviation } = fiveTrainings(model.id);
  const trainings = TRAININGS.flatMap((training) => firstMeasured(training, model.id) ?? []);
  return {
    model,
    trainings,
    again: trainings.flatMap((first) => measuredAgain(first, model.id)),
    five: { citation, deviation, mean: accuracyIn(citation) },
  };
}

/** Those of the twelve, smallest variant first. */
export function allTrained(): Trained[] {
  return models.map(trainedOf);
}

function measuredAgain({ training, accuracy: first }: Measured, model: string): MeasuredAgain[] {
  return allSources.flatMap((source) => {
    const by = MEASURERS[source.id];
    if (by === undefined) return [];
    return citations(source, model)
      .filter(
        ({ figure, protocol }) =>
          protocol?.weights === training &&
          figure.dataset === 'imagenet' &&
          figure.metric.startsWith('top1'),
      )
      .map((citation) => {
        const accuracy = accuracyIn(citation);
        return { training, citation, accuracy, by, shift: accuracy - first };
      });
  });
}

/** The distance between the least and the most accurate of some measurements, in points. */
export function spreadOf(measured: readonly Pick<Measured, 'accuracy'>[]): number {
  const values = measured.map(({ accuracy }) => accuracy);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** A source that offers weights which others trained. */
export interface Copy {
  readonly source: Source;
  /** Who trained them: `pycls and torchvision V2`. */
  readonly of: string;
}

/** The sources that train nothing, with whose weights they offer. */
export function copies(): Copy[] {
  return allSources.flatMap((source) => {
    if (source !== transformers && MEASURERS[source.id] === undefined) return [];
    const trainings = [...new Set(Object.values(source.protocols).map(({ weights }) => weights))];
    return [{ source, of: trainings.map((t) => FIRST_HAND[t].name).join(' and ') }];
  });
}
