/** Opening a network, wherever its weights are and wherever this runs. */
import type { BackendName } from '../engine/backend.ts';
import { missingError } from '../engine/backends/about.ts';
import { BACKENDS, backendOf, probe } from '../engine/backends/index.ts';
import { openClassifier } from '../engine/client.ts';
import { openFrom } from '../engine/open.ts';
import type { Classifier } from '../engine/types.ts';
import type { Progress } from '../weights/meter.ts';
import { models } from '../zoo/models.ts';
import { modelOf, type RegNetX } from './model.ts';
import { namesOf } from './names.ts';
import { inPage } from './place.ts';
import { weightsFrom, type Arriving, type Source } from './weights.ts';

export type { RegNetX } from './model.ts';

export type LoadOptions = Source & {
  /** What computes: WebAssembly unless told, which runs everywhere and needs the least code. */
  readonly backend?: BackendName;
  /** Stops the download or the opening; `load` rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told how much of the weights has arrived. */
  readonly onProgress?: (progress: Progress) => void;
};

/**
 * Loads weights and puts their network on a device: on a thread of its own in a page, on this one in a
 * worker and in Node. Rejects with an EngineError whose `code` says what went wrong and whose message
 * says what to do; nothing is left behind.
 */
export async function load({ backend = 'wasm', ...given }: LoadOptions): Promise<RegNetX> {
  if (!BACKENDS.some(({ id }) => id === backend))
    throw new TypeError(
      `There is no backend ${backend}; there are ${BACKENDS.map(({ id }) => id).join(', ')}.`,
    );
  const { signal = new AbortController().signal, onProgress = () => undefined, ...source } = given;
  signal.throwIfAborted();
  const arriving = await weightsFrom(source, { signal, onProgress });
  const classifier = await open(arriving, backend, signal);
  try {
    const names = await namesOf(classifier.info.labels);
    signal.throwIfAborted();
    return modelOf(classifier, names);
  } catch (error) {
    classifier.dispose();
    throw error;
  }
}

async function open(
  { weights, meaning }: Arriving,
  backend: BackendName,
  signal: AbortSignal,
): Promise<Classifier> {
  if (inPage()) return openClassifier(weights, { backend, meaning, signal, known: models });
  const arrived = await weights;
  if ((await probe([backend]))[backend] === undefined) throw missingError(backendOf(backend));
  signal.throwIfAborted();
  return openFrom(arrived, { backend, known: models }, meaning);
}
