/** Where the time goes, beside where the multiply-adds are. */
import type { Layer } from '../regnet/index.ts';

/** A layer and how long it took. */
export type TimedLayer = Pick<Layer, 'role' | 'stage' | 'flops'> & { readonly ms: number };

export interface StageTime {
  /** `Stem`, `Stage 1` to `Stage 4`, `Head`. */
  readonly name: string;
  /** 1 to 4, 0 outside of the stages. */
  readonly stage: number;
  readonly ms: number;
  /** Share of the measured time, 0 to 1. */
  readonly measured: number;
  /** Share of the multiply-adds, 0 to 1. */
  readonly predicted: number;
}

/** The layers' times summed a stage, in the network's order; pooling counts as head. */
export function stageTimes(layers: readonly TimedLayer[]): StageTime[] {
  const total = sums(layers);
  const names = [...new Set(layers.map(nameOf))];
  return names.map((name) => {
    const own = layers.filter((layer) => nameOf(layer) === name);
    const { ms, flops } = sums(own);
    return {
      name,
      stage: own[0]?.stage ?? 0,
      ms,
      measured: total.ms > 0 ? ms / total.ms : 0,
      predicted: flops / total.flops,
    };
  });
}

function nameOf({ role, stage }: TimedLayer): string {
  if (stage > 0) return `Stage ${stage}`;
  return role === 'stem' ? 'Stem' : 'Head';
}

function sums(layers: readonly TimedLayer[]): { ms: number; flops: number } {
  return layers.reduce((sum, { ms, flops }) => ({ ms: sum.ms + ms, flops: sum.flops + flops }), {
    ms: 0,
    flops: 0,
  });
}
