/** What the benchmark measures and how it reports it. */

/** An engine as `--engines` names it. */
export const ENGINES = [
  'ours/webgl',
  'ours/wasm',
  'ours/cpu',
  'tfjs-split/webgl',
  'tfjs-dense/webgl',
  'ort/webgl',
  'ort/wasm',
] as const;
export type EngineName = (typeof ENGINES)[number];

/** An engine in one configuration: one row of the table for each variant. */
export interface Contender {
  readonly name: EngineName;
  /** Of WebAssembly; null elsewhere. */
  readonly threads: number | null;
}

export interface Plan {
  readonly variants: readonly string[];
  readonly engines: readonly EngineName[];
  readonly repeats: number;
  /** Side of the picture in pixels. */
  readonly resolution: number;
}

/** One engine on one variant. Times are in milliseconds. */
export interface Measurement {
  readonly variant: string;
  readonly engine: string;
  readonly backend: string;
  readonly threads: number | null;
  readonly resolution: number;
  /** From the weights in memory to an engine that takes a picture. */
  readonly openMs: number;
  /** The first prediction after that, shaders and all. */
  readonly firstMs: number;
  readonly medianMs: number;
  /** The quickest repeat: what the rest of the machine disturbed least. */
  readonly minMs: number;
  readonly repeats: number;
  /** Draw calls of one prediction; 0 off the GPU. */
  readonly programs: number;
  /** Bytes of all textures after the repeats; 0 off the GPU. */
  readonly gpuBytes: number;
  /** Of the logits, against the reference engine. */
  readonly maxAbsError: number;
}

export interface Report {
  readonly schema: 1;
  /** The GPU as the browser names it. */
  readonly renderer: string;
  readonly userAgent: string;
  readonly hardwareConcurrency: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Measurement[];
}

/** A network in one engine, ready to predict. */
export interface Runner {
  /** Logits of one picture [height, width, 3]. */
  predict(picture: Float32Array): Promise<Float32Array>;
}
