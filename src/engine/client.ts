/** What a page imports, when somebody asks for a prediction: weights, worker, class names. */
import { wrap, transfer, type Remote } from 'comlink';
import { download, fetchChecked, type RemoteFile } from './download.ts';
import type { ClassifierOptions } from './classifier.ts';
import { EngineError, type EngineErrorCode } from './errors.ts';
import type { Classification, Classifier, ClassifierInfo, Prediction } from './types.ts';
import { hasWebGL2, workerHas } from './webgl2.ts';
import type { Answer, WorkerApi } from './worker.ts';

export interface LabelledPrediction extends Prediction {
  /** The class's name; `class 17` where no list of names is known. */
  readonly label: string;
}

export interface LabelledClassification extends Omit<Classification, 'predictions'> {
  readonly predictions: readonly LabelledPrediction[];
}

/** A classifier that knows its classes by name. */
export interface ClassifierClient extends Omit<Classifier, 'classify'> {
  classify(picture: Blob, top?: number): Promise<LabelledClassification>;
}

export interface OpenOptions extends ClassifierOptions {
  /** The address of a class list, a JSON array of names, by its name. */
  readonly labelsUrl: (set: string) => string;
  readonly signal?: AbortSignal;
  /** Told how many bytes of the weights have arrived. */
  readonly onProgress?: (received: number) => void;
}

const DEFAULT_TOP = 5;
/** Twice the largest variant's float32 weights: room for a training state; more ends the tab. */
const MAX_CHECKPOINT_BYTES = 1_000_000_000;

/**
 * Opens a classifier with the weights of an address or of the visitor's own file, in a worker where
 * the browser can, on this thread elsewhere. Rejects with an EngineError whose message is a sentence
 * for the visitor; nothing is left behind, the next call starts anew.
 */
export async function openClassifier(
  weights: RemoteFile | Blob,
  { backend, known = [], labelsUrl, ...transport }: OpenOptions,
): Promise<ClassifierClient> {
  if (backend === 'webgl' && !hasWebGL2())
    throw new EngineError(
      'no-webgl',
      'This browser offers no WebGL2, on which the network runs. Turn on hardware acceleration in ' +
        'its settings, or use another browser.',
    );
  // The worker fetches its code while the weights are on their way.
  const worker = workerHas(backend) ? startWorker() : null;
  try {
    const bytes = await (weights instanceof Blob
      ? readFile(weights)
      : download(weights, transport));
    const classifier = await (worker ?? here).open(bytes, { backend, known });
    return withLabels(classifier, await labelsOf(classifier.info, labelsUrl));
  } catch (error) {
    worker?.stop();
    throw error;
  }
}

async function readFile(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > MAX_CHECKPOINT_BYTES)
    throw new EngineError(
      'checkpoint',
      `This file has ${(file.size / 1e9).toFixed(1)} GB, too much for a page and for a RegNetX. ` +
        'Choose a file with the weights alone.',
    );
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new EngineError(
      'checkpoint',
      'This file could not be read; it may have been moved or changed. Choose it again.',
      { cause },
    );
  }
}

type Open = (bytes: Uint8Array<ArrayBuffer>, options: ClassifierOptions) => Promise<Classifier>;

/** On this thread, for browsers whose workers have no WebGL2. */
const here: { readonly open: Open } = {
  open: async (bytes, options) => {
    const { createClassifier } = await import('./classifier.ts');
    return createClassifier(bytes, options);
  },
};

async function labelsOf(
  { labels: set }: ClassifierInfo,
  labelsUrl: OpenOptions['labelsUrl'],
): Promise<readonly string[]> {
  if (set === null) return [];
  const response = await fetchChecked(labelsUrl(set), 'The class names');
  return (await response.json()) as string[];
}

function withLabels(classifier: Classifier, labels: readonly string[]): ClassifierClient {
  return {
    info: classifier.info,
    classify: async (picture, top) => {
      const { predictions, ...rest } = await classifier.classify(picture, top);
      const label = (index: number) => labels[index] ?? `class ${index}`;
      return { ...rest, predictions: predictions.map((p) => ({ ...p, label: label(p.index) })) };
    },
    measure: () => classifier.measure(),
    dispose: () => {
      classifier.dispose();
    },
  };
}

/** Starts the worker; what is asked of it rejects if its code cannot be loaded or it is stopped. */
function startWorker(): { readonly open: Open; readonly stop: () => void } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const remote: Remote<WorkerApi> = wrap<WorkerApi>(worker);
  let fail: (code: EngineErrorCode, message: string) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = (code, message) => {
      worker.terminate();
      reject(new EngineError(code, message));
    };
  });
  // Without a question on its way, a failure has nobody to tell.
  failure.catch(() => undefined);
  worker.addEventListener('error', () => {
    fail('download', 'The classifier’s code did not load or crashed. Reload the page.');
  });
  const stop = () => {
    fail('internal', 'The classifier was closed. Try again.');
  };
  const ask = async <T>(asked: Promise<Answer<T>>): Promise<T> => {
    const answer = await Promise.race([asked, failure]);
    if ('value' in answer) return answer.value;
    throw new EngineError(answer.error.code, answer.error.message);
  };
  const open: Open = async (bytes, options) => ({
    info: await ask(remote.open(transfer(bytes, [bytes.buffer]), options)),
    classify: (picture, top = DEFAULT_TOP) => ask(remote.classify(picture, top)),
    measure: () => ask(remote.measure()),
    dispose: stop,
  });
  return { open, stop };
}
