/** What a look inside of the network tells, ready to be shown. */
import type { FeatureMap, Look } from './look.ts';
import { softmax } from './softmax.ts';

/** One channel of a map. */
export interface Channel {
  /** Its number, from 0. */
  readonly channel: number;
  /** The mean over its places, by which channels are ordered. */
  readonly mean: number;
  /** Row-major [height, width]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** What a stage hands on. */
export interface StageMaps {
  /** From 1. */
  readonly stage: number;
  readonly height: number;
  readonly width: number;
  /** All that there are. */
  readonly channels: number;
  /** The channels with the highest means, in falling order. */
  readonly strongest: readonly Channel[];
}

/** A look at the picture that was classified last. */
export interface Insight {
  readonly stages: readonly StageMaps[];
  /** The class activation maps of all classes (look.ts). */
  readonly evidence: FeatureMap;
  /** Of all classes. */
  readonly probabilities: Float32Array;
}

/** The `top` strongest channels of each stage, the class activation maps, and all probabilities. */
export function insightOf({ stages, evidence, logits }: Look, top: number): Insight {
  return {
    stages: stages.map((map, i) => ({
      stage: i + 1,
      height: map.height,
      width: map.width,
      channels: map.channels,
      strongest: strongestOf(map, top),
    })),
    evidence,
    probabilities: softmax(logits, logits.length),
  };
}

/** The channels with the highest means, in falling order; equal ones by their numbers. */
export function strongestOf(map: FeatureMap, top: number): Channel[] {
  const means = meansOf(map);
  return Array.from(means, (mean, channel) => ({ channel, mean }))
    .sort((a, b) => b.mean - a.mean)
    .slice(0, top)
    .map((one) => ({ ...one, values: channelOf(map, one.channel) }));
}

/** One channel's values, row-major [height, width]. */
export function channelOf(
  { height, width, channels, values }: FeatureMap,
  channel: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: height * width },
    (_, place) => values[place * channels + channel] ?? NaN,
  );
}

function meansOf({ height, width, channels, values }: FeatureMap): Float64Array {
  const sums = new Float64Array(channels);
  for (const [i, value] of values.entries()) {
    const channel = i % channels;
    sums[channel] = (sums[channel] ?? 0) + value;
  }
  return sums.map((sum) => sum / (height * width));
}
