/** A network that stands ready, as the package gives it. */
import type { BackendName } from '../engine/backend.ts';
import { labelled } from '../engine/labels.ts';
import type { Classifier } from '../engine/types.ts';
import { pictureOf, type Input } from './input.ts';

/** A class and how probable it is. */
export interface Prediction {
  /** `class 17` where the weights' classes have no names. */
  readonly className: string;
  /** Softmax of the network's outputs, 0 to 1. */
  readonly probability: number;
  /** The class's number among the outputs. */
  readonly index: number;
  /** The output itself where it is the only one, of which a softmax tells nothing. */
  readonly value?: number;
}

export interface ClassifyOptions {
  /** How many classes; 5 unless told. */
  readonly top?: number;
  /** Rejects with its reason; what is computed meanwhile is thrown away. */
  readonly signal?: AbortSignal;
}

/** A network with its weights. */
export interface RegNetX {
  /** The variant that the weights fit, such as `regnetx_002`; null for another RegNetX. */
  readonly variant: string | null;
  readonly backend: BackendName;
  /** Outputs of the network. */
  readonly classes: number;
  /** Their names, in order; empty where none are known. */
  readonly classNames: readonly string[];
  /** How a picture becomes the input. */
  readonly preprocessing: Classifier['info']['preprocessing'];
  /**
   * The most probable classes in falling order. Rejects with an EngineError: `picture` when the input
   * cannot be read (the network stays usable), `context-lost` when the GPU is gone.
   */
  classify(input: Input, options?: ClassifyOptions): Promise<Prediction[]>;
  /**
   * The pooled features of a picture, one number a channel of the last stage (368 of RegNetX-200MF):
   * what the classifier's layer reads, to compare pictures by. Rejects as `classify`.
   */
  embed(input: Input, options?: Pick<ClassifyOptions, 'signal'>): Promise<Float32Array>;
  /** Frees the memory, and ends the thread that computes. */
  dispose(): void;
}

/** The package's surface on a classifier of the engine's. */
export function modelOf(classifier: Classifier, classNames: readonly string[]): RegNetX {
  const { variant, backend, classes, preprocessing } = classifier.info;
  return {
    ...{ variant, backend, classes, classNames, preprocessing },
    async classify(input, { top = 5, signal } = {}) {
      if (!Number.isInteger(top) || top < 1)
        throw new RangeError(`top must be a whole number from 1, not ${top}.`);
      const { predictions } = await until(signal, async () =>
        classifier.classify(await pictureOf(input), top),
      );
      return labelled(predictions, classNames).map(({ label, ...rest }) => ({
        className: label,
        ...rest,
      }));
    },
    embed: (input, { signal } = {}) =>
      until(signal, async () => classifier.embed(await pictureOf(input))),
    dispose: () => {
      classifier.dispose();
    },
  };
}

/** What the work gives, unless it is called off before. */
async function until<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const working = work();
  if (!signal) return working;
  let onAbort = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([working, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
