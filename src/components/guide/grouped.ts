/** What the guide to grouped convolution shows: weights as matrices, and shares of the twelve. */
import {
  COSTS,
  complexityOf,
  networkOf,
  stagesOf,
  weightCount,
  type Cost,
} from '../../regnet/index.ts';
import { modelOf, models, type Model } from '../../zoo/models.ts';

/** One way to divide channels into groups, small enough to be drawn. */
export interface Division {
  readonly groups: number;
  readonly groupWidth: number;
  /** Pairs of an input and an output channel that have weights, each 0 to channels - 1. */
  readonly pairs: readonly { readonly input: number; readonly output: number; group: number }[];
}

/** Which input reaches which output when this many channels are divided into groups of a width. */
export function divisionOf(channels: number, groupWidth: number): Division {
  const all = Array.from({ length: channels }, (_, channel) => channel);
  const group = (channel: number) => Math.floor(channel / groupWidth);
  return {
    groups: channels / groupWidth,
    groupWidth,
    pairs: all.flatMap((output) =>
      all
        .filter((input) => group(input) === group(output))
        .map((input) => ({ input, output, group: group(output) })),
    ),
  };
}

/** What the grouped 3x3 convolutions of a variant take of each cost, as a fraction of 1. */
export interface GroupedShare {
  readonly model: Model;
  /** The group width of the design; a narrower stage has its own width instead. */
  readonly groupWidth: number;
  /** Groups of each stage. */
  readonly groups: readonly number[];
  readonly shares: Readonly<Record<Cost, number>>;
}

/** The twelve, the smallest first. */
export function groupedShares(): GroupedShare[] {
  return models.map((model) => {
    const { layers, complexity } = networkOf(model.design);
    const grouped = complexityOf(layers.filter(({ role }) => role === 'conv2'));
    const share = (cost: Cost) => grouped[cost] / complexity[cost];
    return {
      model,
      groupWidth: model.design.groupWidth,
      groups: stagesOf(model.design).map((stage) => stage.groups),
      shares: Object.fromEntries(COSTS.map((cost) => [cost, share(cost)])) as Record<Cost, number>,
    };
  });
}

/** The 3x3 of a network's last block, grouped as it is and as it would be without groups. */
export function withAndWithout(id: string) {
  const model = modelOf(id);
  const layer = networkOf(model.design).layers.findLast(({ role }) => role === 'conv2');
  if (!layer) throw new Error(`${id} has no grouped convolution.`);
  const weights = weightCount(layer);
  return {
    model,
    width: layer.cout,
    groups: layer.groups,
    groupWidth: layer.cin / layer.groups,
    pixels: layer.hout,
    weights,
    denseWeights: weights * layer.groups,
    flops: layer.flops,
    denseFlops: layer.flops * layer.groups,
  };
}
