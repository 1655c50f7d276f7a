import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';

/** Where the arithmetic runs. */
export type BackendName = 'webgl' | 'wasm' | 'cpu';

/** What numbers are stored as between the layers; sums are float32 or better either way. */
export type Precision = 'float32' | 'float16';

export interface BackendOptions {
  /** Told once if the GPU takes its context away; everything on it is gone then. */
  readonly onContextLost?: () => void;
  /**
   * What the GPU stores numbers as: float32 unless told otherwise or the GPU cannot render to it;
   * float16 takes half the memory and is off by about a thousandth.
   */
  readonly precision?: Precision;
  /** Widths of the maps that will be computed, once each time; the GPU's work is cut to fit them. */
  readonly mapWidths?: readonly number[];
  /**
   * Threads of WebAssembly, the calling one included: the processor's, at most four, unless told.
   * One where memory cannot be shared, since the page is not cross-origin isolated.
   */
  readonly threads?: number;
}

export interface BackendMemory {
  readonly tensors: number;
  /** Bytes of all textures, recycled ones included; 0 off the GPU. */
  readonly gpuBytes: number;
}

/** How long the parts of a computation take. */
export interface Profile {
  /** By the GPU's clock, by repeating each part alone, or by the clock around each part. */
  readonly method: 'timer-query' | 'repeats' | 'clock';
  /** Milliseconds of each kernel that `compute` runs, in its order (a softmax may count twice). */
  readonly ms: readonly number[];
}

/** A computation that only waits for its input, and whose results go by name. */
export interface Prepared<Name extends string> {
  /** A result's values in row-major order, read in one go, without blocking the thread meanwhile. */
  run(input: Float32Array, result: Name): Promise<Float32Array>;
  /** Times each kernel on the numbers of the last run; not while a run is on its way. */
  profile(): Promise<Profile>;
  dispose(): void;
}

/**
 * One device with its own tensors, textures and programs. TensorFlow.js keeps a current backend in a
 * global; we keep an instance a network and name its kernels ourselves, so that two networks never
 * see each other, and disposing of one frees all it had.
 */
export interface Backend {
  readonly name: BackendName;
  /** The GPU as the browser names it; null off the GPU. */
  readonly renderer: string | null;
  /** What it stores, which need not be what was asked for. */
  readonly precision: Precision;
  /** Row-major float32 values on the device. */
  upload(values: Float32Array, shape: readonly number[]): TensorInfo;
  /** Runs a kernel by its registered name. */
  run(kernelName: string, inputs: NamedTensorInfoMap, attrs: NamedAttrMap): TensorInfo;
  /** The values of a tensor in row-major order, without blocking the thread meanwhile. */
  read(tensor: TensorInfo): Promise<Float32Array>;
  /**
   * A computation from one tensor to one or several, to be run many times with other numbers.
   * `compute` must depend on nothing but its argument and tensors that stay; it releases the argument
   * and whatever else it makes, but not its results.
   */
  prepare<Name extends string>(
    shape: readonly number[],
    compute: (x: TensorInfo) => Readonly<Record<Name, TensorInfo>>,
  ): Prepared<Name>;
  /** Gives a tensor's memory back for the next. */
  release(tensor: TensorInfo): void;
  memory(): BackendMemory;
  /** Frees everything; pending reads are refused. */
  dispose(): void;
}

/**
 * Opens a backend, loading its part of TensorFlow.js on demand. Throws an EngineError with code
 * `no-webgl` when `webgl` is asked for where the browser has no WebGL2, `no-wasm` when `wasm` is asked
 * for where it has no WebAssembly with SIMD.
 */
export async function openBackend(
  name: BackendName,
  options: BackendOptions = {},
): Promise<Backend> {
  if (name === 'webgl') {
    const { openWebgl } = await import('./backends/webgl.ts');
    return openWebgl(options);
  }
  if (name === 'wasm') {
    const { openWasm } = await import('./backends/wasm.ts');
    return openWasm(options);
  }
  const { openCpu } = await import('./backends/cpu.ts');
  return openCpu();
}
