/** What a device that computes gives to the rest of the engine; types only. */
import type { FoldedLayer } from '../checkpoints/index.ts';

/** Where the arithmetic runs. */
export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

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
  /** Maps and filters that are not released. */
  readonly tensors: number;
  /** Bytes of all textures, recycled ones included; 0 off the GPU. */
  readonly gpuBytes: number;
}

/** How long the parts of a computation take. */
export interface Profile {
  /** By the GPU's clock, by repeating each part alone, or by the clock around each part. */
  readonly method: 'timer-query' | 'repeats' | 'clock';
  /** Milliseconds of each operation that `compute` runs, in its order (a softmax may count twice). */
  readonly ms: readonly number[];
}

/** A computation that only waits for its input, and whose results go by name. */
export interface Prepared<Name extends string> {
  /** A result's values in row-major order, read in one go, without blocking the thread meanwhile. */
  run(input: Float32Array, result: Name): Promise<Float32Array>;
  /** Times each operation on the numbers of the last run; not while a run is on its way. */
  profile(): Promise<Profile>;
  dispose(): void;
}

/** The axes of a map. */
export type MapShape = readonly [batch: number, height: number, width: number, channels: number];

/** A map on a device: float32 numbers, of which only the shape is known outside. */
export interface DeviceMap {
  readonly shape: MapShape;
}

/** What a filter is, apart from the numbers. */
export interface FilterShape {
  /** Side of its window, an odd number. */
  readonly kernel: number;
  readonly cin: number;
  readonly cout: number;
  /** Divides both numbers of channels. */
  readonly groups: number;
}

/** A filter and its biases on a device, laid out once as its convolution reads them. */
export interface DeviceFilter {
  readonly shape: FilterShape;
}

export interface ConvOptions<M extends DeviceMap> {
  /** 1 or 2. */
  readonly stride: number;
  /** Whether a ReLU ends it. */
  readonly relu: boolean;
  /** Of the output's shape; added before the ReLU. */
  readonly residual?: M | undefined;
}

/**
 * One device with its own maps, filters and programs. Each network has an instance of its own: two
 * never see each other, and disposing of one frees all it had.
 */
export interface Backend<M extends DeviceMap, F extends DeviceFilter> {
  readonly name: BackendName;
  /** The GPU as the browser names it; null off the GPU. */
  readonly renderer: string | null;
  /** What it stores, which need not be what was asked for. */
  readonly precision: Precision;
  /** Row-major values of a map on the device. */
  upload(values: Float32Array, shape: MapShape): M;
  /** As many weights as the shape has, in PyTorch's order [cout, cin / groups, kernel, kernel]. */
  load(weights: FoldedLayer, shape: FilterShape): F;
  /**
   * Grouped 2-D convolution with bias, residual addition and ReLU in one, padded by (kernel - 1) / 2
   * zeros on every side. With one group and kernel 1 it is the matrix product of the 1x1 convolutions
   * and of the classifier. Throws a RangeError when the shapes do not fit.
   */
  conv(x: M, filter: F, options: ConvOptions<M>): M;
  /** The mean over height and width: [batch, height, width, channels] to [batch, 1, 1, channels]. */
  pool(x: M): M;
  /**
   * Probabilities over the channels of single pixels, [batch, 1, 1, channels], rows that sum to 1.
   * Throws a RangeError for a map of several pixels.
   */
  softmax(x: M): M;
  /** The values of a map in row-major order, without blocking the thread meanwhile. */
  read(map: M): Promise<Float32Array>;
  /**
   * A computation from one map to one or several, to be run many times with other numbers. `compute`
   * must depend on nothing but its argument and filters that stay; it releases the argument and
   * whatever else it makes, but not its results.
   */
  prepare<Name extends string>(
    shape: MapShape,
    compute: (x: M) => Readonly<Record<Name, M>>,
  ): Prepared<Name>;
  /** Gives the memory back for the next. */
  release(tensor: M | F): void;
  memory(): BackendMemory;
  /** Frees everything; pending reads are refused. */
  dispose(): void;
}
