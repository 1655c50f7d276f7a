/** PyTorch's maps of the demonstration network (tests/fixtures/weights/make_look.py), to compare with. */
import { channelOf, type StageMaps } from '../src/engine/insight.ts';
import type { FeatureMap } from '../src/engine/look.ts';
import golden from './fixtures/weights/look.shipped.json' with { type: 'json' };
import { maxAbsError } from './seeded.ts';

export const lookCases = golden.cases;
export type LookCase = (typeof lookCases)[number];

/** The largest difference of the two best classes' activation maps from PyTorch's. */
export function evidenceError({ classes }: LookCase, evidence: FeatureMap): number {
  return Math.max(
    ...classes.map(({ index, map }) =>
      maxAbsError(channelOf(evidence, index), Float32Array.from(map)),
    ),
  );
}

/** The largest difference of the strongest channels' means, and of the strongest one's map. */
export function stagesError({ stages }: LookCase, actual: readonly StageMaps[]): number {
  return Math.max(
    ...stages.map(({ means, map }, i) => {
      const strongest = actual[i]?.strongest ?? [];
      const ours = Float32Array.from(strongest, ({ mean }) => mean);
      return Math.max(
        maxAbsError(ours, Float32Array.from(means)),
        maxAbsError(strongest[0]?.values ?? new Float32Array(), Float32Array.from(map)),
      );
    }),
  );
}
