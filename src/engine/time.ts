/** A network timed without its weights: time does not depend on what they are. */
import { layersOf, type Stage } from '../regnet/index.ts';
import { EngineError } from '../threads/errors.ts';
import type { BackendName, Precision } from './backend.ts';
import { createNetwork, type LayerTimes } from './network.ts';
import { seededValues, seededWeights } from './seeded.ts';
import { slowError } from './limits.ts';
import { timesAnother, timingOf } from './timing.ts';
import type { Timing } from './types.ts';

/** What is to be timed, and on what. */
export interface TimeRequest {
  readonly stages: readonly Stage[];
  /** Side of the picture in pixels; 224 unless told. */
  readonly resolution?: number | undefined;
  readonly backend: BackendName;
  readonly precision?: Precision | undefined;
  /** Of WebAssembly, as in BackendOptions. */
  readonly threads?: number | undefined;
  /** A first pass that takes longer is the last one; no limit unless told. */
  readonly slowMs?: number | undefined;
}

/** `draw` weights are drawn and loaded, `first` the first pass runs, `passes` the others. */
export type TimePhase = 'draw' | 'first' | 'passes';

/** One network's time on one device. */
export interface NetworkTime extends Timing {
  readonly backend: BackendName;
  /** What it stores, which need not be what was asked for. */
  readonly precision: Precision;
  /** The GPU as the browser names it; null off the GPU. */
  readonly gpu: string | null;
  /** Bytes of all textures or buffers; 0 off the GPU. */
  readonly gpuBytes: number;
  /** Milliseconds of the first pass: programs are compiled, pages of memory touched. */
  readonly firstMs: number;
  readonly layers: LayerTimes;
}

const SEED = 1;

/**
 * Draws weights from a seed, runs a picture of noise through the network and times it: first pass,
 * median, each layer. Rejects as `createNetwork` does, with the signal's reason between two passes,
 * and with an EngineError `slow` when the first pass took longer than it may.
 */
export async function timeNetwork(
  { stages, resolution, backend, precision, threads, slowMs = Infinity }: TimeRequest,
  onPhase: (phase: TimePhase) => unknown = () => undefined,
  signal?: AbortSignal,
): Promise<NetworkTime> {
  const layers = layersOf(stages, resolution);
  const [first] = layers;
  const side = first?.hin ?? 0;
  onPhase('draw');
  const network = await createNetwork(layers, seededWeights(layers, SEED), backend, {
    ...(precision && { precision }),
    ...(threads !== undefined && { threads }),
  });
  try {
    const picture = seededValues(side * side * 3, SEED);
    const pass = async (): Promise<number> => {
      signal?.throwIfAborted();
      const start = performance.now();
      const outputs = await network.probabilities(picture);
      const ms = performance.now() - start;
      if (outputs.every(Number.isFinite)) return ms;
      throw new EngineError(
        'mismatch',
        'The network gave values that are no numbers on this device. Choose another way to compute.',
      );
    };
    onPhase('first');
    const firstMs = await pass();
    if (firstMs > slowMs) throw slowError(slowMs);
    onPhase('passes');
    const times: number[] = [];
    const start = performance.now();
    while (timesAnother(times.length, performance.now() - start)) times.push(await pass());
    return {
      backend: network.backend,
      precision: network.precision,
      gpu: network.renderer,
      gpuBytes: network.memory().gpuBytes,
      firstMs,
      ...timingOf(times),
      layers: await network.measureLayers(),
    };
  } finally {
    network.dispose();
  }
}
