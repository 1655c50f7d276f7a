/** What the benchmark measures; its report is described in src/zoo/benchmark.ts. */
export type { Failure, Measurement, Report } from '../../src/zoo/benchmark.ts';

/** An engine as `--engines` names it. */
export const ENGINES = [
  'ours/webgpu',
  'ours/webgl',
  'ours/wasm',
  'ours/cpu',
  'tfjs-kernel/webgl',
  'tfjs-split/webgpu',
  'tfjs-split/webgl',
  'tfjs-dense/webgpu',
  'tfjs-dense/webgl',
  'ort/webgpu',
  'ort-jspi/webgpu',
  'ort/webgl',
  'ort/wasm',
  'ort/native',
] as const;
export type EngineName = (typeof ENGINES)[number];

/** An engine in one configuration: one row of the table for each variant. */
export interface Contender {
  readonly name: EngineName;
  /** Of WebAssembly and of what is native; null elsewhere. */
  readonly threads: number | null;
}

export interface Plan {
  readonly variants: readonly string[];
  readonly engines: readonly EngineName[];
  readonly repeats: number;
  /** Side of the picture in pixels. */
  readonly resolution: number;
}

/** A network in one engine, ready to predict. */
export interface Runner {
  /** Logits of one picture [height, width, 3]. */
  predict(picture: Float32Array): Promise<Float32Array>;
}
