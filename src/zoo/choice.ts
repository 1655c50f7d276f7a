/** Which variant to take: accuracies against a cost, and what is best within a budget. */
import {
  TORCHVISION_400MF,
  complexityOf,
  float32Bytes,
  layersOf,
  networkOf,
  torchvisionStagesOf,
  type Complexity,
  type Layer,
} from '../regnet/index.ts';
import { ENDINGS } from './endings.ts';
import { models, type Model } from './models.ts';
import { accuracyIn, citation, citations, type Citation } from './results.ts';
import { pycls, seed, torchvision } from './sources.ts';
import type { Times } from './times.ts';
import { v100Time } from './v100.ts';
import { band95, VALIDATION_PICTURES } from './verdict.ts';

/** What can be compared by: three counts, times on three devices, and bytes. */
export const AXES = ['flops', 'params', 'acts', 'gpu', 'cpu', 'time', 'bytes'] as const;
export type Axis = (typeof AXES)[number];

/** Whose training made the weights. */
export const WEIGHTS = ['ours', 'official', 'v2'] as const;
export type Weights = (typeof WEIGHTS)[number];

/** A variant with one training's weights. */
export interface Option {
  readonly model: Model;
  readonly weights: Weights;
  /** Top-1 on ImageNet-1k, percent. */
  readonly accuracy: number;
  /** Where the accuracy was published. */
  readonly published: Citation;
  /** Whether the weights can still be downloaded. */
  readonly obtainable: boolean;
  /** Null where nothing is published. */
  readonly costs: Readonly<Record<Axis, number | null>>;
  /** The times on today's hardware. */
  readonly times: Times[string];
}

/** An option's place in the plane of a cost and accuracy. */
export interface Point {
  readonly cost: number;
  readonly accuracy: number;
}

/**
 * Every variant with every training: ours, the official one, and torchvision's V2 for the seven that
 * it has. `time` is pycls's for 64 pictures on one V100; torchvision's 400MF is another network,
 * whose V100 time nobody published. `times` are those on today's hardware, which only the page knows.
 */
export function allOptions(times: Times): Option[] {
  return models
    .flatMap((model) => optionsOf(model, times))
    .map((option) => ({
      ...option,
      obtainable: option.published.source.gone === undefined,
    }));
}

type Bare = Omit<Option, 'obtainable'>;

function optionsOf(model: Model, times: Times): Bare[] {
  const { layers, complexity } = networkOf(model.design);
  const time = v100Time(model.id).ms;
  const now = timesOf(times, model.id);
  const costs = costsOf(layers, complexity, time, now);
  const ours = citation(seed, model.id, 'top1');
  const error = citation(pycls, model.id, 'top1_error');
  const v2 = citations(torchvision, model.id, 'top1').find(
    ({ figure }) => figure.checkpoint === ENDINGS.v2,
  );
  return [
    { model, weights: 'ours', accuracy: ours.figure.value, published: ours, costs, times: now },
    {
      model,
      weights: 'official',
      accuracy: accuracyIn(error),
      published: error,
      costs,
      times: now,
    },
    ...(v2 ? [optionV2(model, v2, costs, times)] : []),
  ];
}

function optionV2(model: Model, published: Citation, costs: Option['costs'], times: Times): Bare {
  const layers = layersOf(torchvisionStagesOf(model.design));
  const complexity = complexityOf(layers);
  const same = complexity.params === costs.params;
  const now = timesOf(times, same ? model.id : TORCHVISION_400MF.id);
  return {
    model,
    weights: 'v2',
    accuracy: published.figure.value,
    published,
    costs: same ? costs : costsOf(layers, complexity, null, now),
    times: now,
  };
}

function costsOf(
  layers: readonly Layer[],
  { flops, params, acts }: Complexity,
  time: number | null,
  { gpu, cpu }: Times[string],
): Option['costs'] {
  return { flops, params, acts, gpu: gpu.ms, cpu: cpu.ms, time, bytes: float32Bytes(layers) };
}

function timesOf(times: Times, network: string): Times[string] {
  const found = times[network];
  if (!found) throw new Error(`There is no time for ${network}.`);
  return found;
}

/** The points that no other beats: none is at least as accurate for less, or better for the same. */
export function paretoFront<P extends Point>(points: readonly P[]): P[] {
  const front: P[] = [];
  const order = [...points].sort((a, b) => a.cost - b.cost || b.accuracy - a.accuracy);
  for (const point of order)
    if (point.accuracy > (front.at(-1)?.accuracy ?? -Infinity)) front.push(point);
  return front;
}

/** What a budget buys. */
export interface Answer<P extends Point> {
  /** The most accurate within the budget; null when nothing fits. */
  readonly best: P | null;
  /** The cheapest that costs less than the best and that chance alone could put behind it, if any. */
  readonly alike: P | null;
  /** What costs least; null when there is nothing at all. */
  readonly cheapest: P | null;
}

/** The best points whose cost is at most `budget`. */
export function bestWithin<P extends Point>(points: readonly P[], budget: number): Answer<P> {
  const byCost = [...points].sort((a, b) => a.cost - b.cost || b.accuracy - a.accuracy);
  const affordable = byCost.filter((point) => point.cost <= budget);
  const best = paretoFront(affordable).at(-1) ?? null;
  const alike =
    best &&
    affordable.find(
      (point) =>
        point.cost < best.cost &&
        best.accuracy - point.accuracy <=
          band95(best.accuracy, point.accuracy, VALIDATION_PICTURES),
    );
  return { best, alike: alike ?? null, cheapest: byCost[0] ?? null };
}
