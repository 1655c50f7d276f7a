/** What the engine and its callers on another thread tell each other; no code. */
import type { BackendName, Precision } from './backend.ts';
import type { Insight } from './insight.ts';
import type { LayerTimes } from './network.ts';
import type { OpaquePicture, RgbPicture } from './preprocess/index.ts';
import type { Protocol } from './preprocess/protocol.ts';
import type {
  CheckpointClues,
  CheckpointMeaning,
  Golden,
  Preprocessing,
} from '../checkpoints/index.ts';

export type { CheckpointClues, CheckpointMeaning, Golden, RgbPicture };

/** A classifier that stands ready: what runs, and on what. */
export interface ClassifierInfo extends CheckpointClues {
  readonly backend: BackendName;
  /** The GPU's name as the browser gives it, null on the CPU or where it is withheld. */
  readonly gpu: string | null;
  readonly precision: Precision;
  /** Bytes of the weights and maps on the GPU; 0 where there is none. */
  readonly gpuBytes: number;
  /** The variant that the weights fit, such as `regnetx_002`; null for another RegNetX. */
  readonly variant: string | null;
  readonly labels: CheckpointMeaning['labels'];
  readonly preprocessing: Preprocessing;
}

export interface Prediction {
  readonly index: number;
  /** Softmax of the network's outputs, 0 to 1. */
  readonly probability: number;
  /** The output itself where it is the only one, of which a softmax tells nothing. */
  readonly value?: number;
}

/** The square that the network sees, ready for ImageData. */
export type Crop = OpaquePicture;

/** What the network saw of a picture, and what it said. */
export interface Answer {
  /** The most probable classes in falling order. */
  readonly predictions: readonly Prediction[];
  readonly crop: Crop;
}

export interface Classification extends Answer {
  /** Milliseconds of this classifier's first pass: upload, shader compilation, read-back. */
  readonly firstMs: number;
}

/** Times of repeated passes over one input, read-back included. */
export interface Timing {
  readonly medianMs: number;
  readonly passes: number;
}

/** How far this device is off from numbers that are known to be right. */
export interface Parity {
  /** Stored numbers of PyTorch's, or the same network in plain loops on the processor. */
  readonly reference: 'pytorch' | 'cpu';
  /** The largest: of probabilities beside PyTorch's, of logits relative to the largest beside the CPU's. */
  readonly difference: number;
  /** Of it, what the stored numbers differ by themselves from those of the weights in the file. */
  readonly tolerance: number;
  /** From which on the device is taken for wrong. */
  readonly limit: number;
}

/** What a network looks at: a picture file, what a camera sees, or pixels that are decoded already. */
export type Picture = Blob | ImageBitmap | RgbPicture;

/** A network with weights, ready to look at pictures, on this thread or another. */
export interface Classifier {
  readonly info: ClassifierInfo;
  /**
   * The `top` most probable classes of a picture. Rejects with an EngineError: `picture` when
   * the file cannot be read (the classifier stays usable), `context-lost` when the GPU is gone.
   */
  classify(picture: Picture, top?: number): Promise<Classification>;
  /**
   * The same of a picture file, or of what a camera sees, prepared as a protocol says: the
   * checkpoint's own or another. It counts for no other method. Rejects as `classify` does.
   */
  classifyUnder(picture: Picture, protocol: Protocol, top?: number): Promise<Answer>;
  /**
   * Looks inside of the network while it sees the picture that was classified last, in one more pass:
   * so many of the strongest channels after each stage, and where the classes' scores come from; null
   * when nothing was classified yet.
   */
  look(strongest: number): Promise<Insight | null>;
  /** The pooled features of a picture, one number a channel of the last stage. Rejects as `classify`. */
  embed(picture: Picture): Promise<Float32Array>;
  /**
   * Repeats the last picture's pass and resolves to the median; null when a newer `classify` or
   * `dispose` comes between, or nothing was classified yet.
   */
  measure(): Promise<Timing | null>;
  /**
   * Compares this device with stored numbers or, without them, with plain loops on a small input; null
   * where those are what runs anyway, or their code cannot be had. Rejects with an EngineError
   * `mismatch` when the difference is too large; `classify` refuses from then on. Gives way to
   * pictures that are asked for meanwhile.
   */
  check(golden: Golden | null): Promise<Parity | null>;
  /** How long each layer takes. */
  measureLayers(): Promise<LayerTimes>;
  /** Resolves when the GPU is taken away; never for other backends. */
  lost(): Promise<void>;
  /** Frees the memory. Everything still asked rejects or is left unanswered. */
  dispose(): void;
}
