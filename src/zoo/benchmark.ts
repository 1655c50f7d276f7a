/** Reports of `npm run bench`, and what they say of two engines beside each other. */
import { z } from 'zod';

/** One engine on one variant. Times are in milliseconds. */
export const measurementSchema = z.strictObject({
  variant: z.string(),
  engine: z.string(),
  backend: z.string(),
  /** Of WebAssembly and of what is native; null elsewhere. */
  threads: z.int().positive().nullable(),
  /** Side of the picture in pixels. */
  resolution: z.int().positive(),
  /** From the weights in memory to an engine that takes a picture. */
  openMs: z.number(),
  /** The first prediction after that, shaders and all. */
  firstMs: z.number(),
  medianMs: z.number().positive(),
  /** The quickest repeat: what the rest of the machine disturbed least. */
  minMs: z.number(),
  repeats: z.int().positive(),
  /** Draw calls or dispatches of one prediction; 0 off the GPU. */
  programs: z.int(),
  /** Bytes of all textures or buffers after the repeats; 0 off the GPU. */
  gpuBytes: z.int(),
  /** Of the logits, against the reference engine. */
  maxAbsError: z.number(),
  /** The GPU that computed, as the browser names it; null off the GPU. */
  gpu: z.string().nullable(),
});

/** An engine that did not run one variant, and why, in a sentence. */
export const failureSchema = measurementSchema
  .pick({ variant: true, engine: true, backend: true, threads: true })
  .extend({ reason: z.string().min(1) });

/** What `npm run -s bench -- --json` prints. */
export const reportSchema = z.strictObject({
  schema: z.literal(1),
  /** The GPU as the browser names it, the first that computed. */
  renderer: z.string(),
  userAgent: z.string(),
  hardwareConcurrency: z.int().positive(),
  versions: z.record(z.string(), z.string()),
  results: z.array(measurementSchema),
  failures: z.array(failureSchema),
});

/** A report of content/benchmarks/. */
export const benchmarkSchema = z.strictObject({
  /** The day of the measurement. */
  date: z.iso.date(),
  /** The machine in words. */
  machine: z.string(),
  report: reportSchema,
});

export type Benchmark = z.infer<typeof benchmarkSchema>;
export type Measurement = z.infer<typeof measurementSchema>;
export type Failure = z.infer<typeof failureSchema>;
export type Report = z.infer<typeof reportSchema>;

/**
 * A peer beside our engine on the same backend with as many threads; what is native, which ours is
 * not, beside our WebAssembly.
 */
export interface Duel {
  readonly variant: string;
  readonly peer: Measurement;
  readonly ours: Measurement;
  /** How many times as fast ours is: the peer's median time divided by ours. */
  readonly ratio: number;
  /** The same of the first predictions, shaders and all. */
  readonly firstRatio: number;
}

/** The backend of what runs outside of the browser: the machine's yardstick. */
export const NATIVE = 'native';

/** Every peer that our engine can be held against, in the report's order. */
export function duelsOf({ results }: Report): Duel[] {
  return results.flatMap((peer): Duel[] => {
    if (peer.engine === 'ours') return [];
    const ours = results.find(
      (other) =>
        other.engine === 'ours' &&
        other.variant === peer.variant &&
        other.backend === (peer.backend === NATIVE ? 'wasm' : peer.backend) &&
        other.threads === peer.threads,
    );
    if (!ours) return [];
    const { variant } = peer;
    const ratio = peer.medianMs / ours.medianMs;
    return [{ variant, peer, ours, ratio, firstRatio: peer.firstMs / ours.firstMs }];
  });
}

/** Least and greatest ratio of the duels that a test lets through; null when it lets none through. */
export function rangeOf(
  duels: readonly Duel[],
  among: (duel: Duel) => boolean,
): readonly [least: number, greatest: number] | null {
  const ratios = duels.filter(among).map(({ ratio }) => ratio);
  return ratios.length === 0 ? null : [Math.min(...ratios), Math.max(...ratios)];
}
