/** What a page imports, when somebody asks for a prediction: weights, worker, class names. */
import { proxy, transfer } from 'comlink';
import type { BackendName } from './backend.ts';
import { readWhole } from './blob.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import { download, fetchChecked, type RemoteFile } from './download.ts';
import { EngineError } from './errors.ts';
import { startWorker } from './remote.ts';
import type { Classification, Classifier, ClassifierInfo, Prediction } from './types.ts';
import { threadRuns } from './thread.ts';
import type { WorkerApi } from './worker.ts';

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
  /** What is known better than by the file; without it the file is believed, or the usual assumed. */
  readonly meaning?: Meaning | undefined;
  /** The address of a class list, a JSON array of names, by its name. */
  readonly labelsUrl: (set: string) => string;
  readonly signal?: AbortSignal;
  /** Told how many bytes of the weights have arrived. */
  readonly onProgress?: (received: number) => void;
}

const DEFAULT_TOP = 5;
/** Where weights come from: an address, a file, or whoever brings a file when it is asked for. */
export type WeightsSource = RemoteFile | Blob | (() => Promise<Blob>);

/**
 * Opens a classifier, in a worker where the browser can, on this thread elsewhere. Rejects with an EngineError whose message is a sentence
 * for the visitor; nothing is left behind, the next call starts anew.
 */
export async function openClassifier(
  source: WeightsSource,
  { backend, known = [], channelOrder, meaning, labelsUrl, ...transport }: OpenOptions,
): Promise<ClassifierClient> {
  // The worker fetches its code while the weights are on their way.
  const worker = typeof OffscreenCanvas === 'undefined' ? null : workerClassifier();
  try {
    const [weights, thread] = await Promise.all([
      bring(source, transport),
      threadFor(backend, worker),
    ]);
    const classifier = await thread.open(weights, { backend, known, channelOrder }, meaning);
    return withLabels(classifier, await labelsOf(classifier.info, labelsUrl));
  } catch (error) {
    worker?.stop();
    throw error;
  }
}

type Weights = Uint8Array<ArrayBuffer> | Blob;

async function bring(
  source: WeightsSource,
  transport: Pick<OpenOptions, 'signal' | 'onProgress'>,
): Promise<Weights> {
  if (source instanceof Blob) return source;
  return typeof source === 'function' ? source() : download(source, transport);
}

/** The worker if it can run the backend, else the page's own thread if that can. */
async function threadFor(backend: BackendName, worker: WorkerThread | null): Promise<Thread> {
  if (worker && (await worker.runs(backend))) return worker;
  worker?.stop();
  if (threadRuns(backend)) return here;
  throw new EngineError(
    'no-webgl',
    'This browser offers no WebGL2, on which the network runs. Turn on hardware acceleration in ' +
      'its settings, or use another browser.',
  );
}

type Open = (
  weights: Weights,
  options: ClassifierOptions,
  meaning: Meaning | undefined,
) => Promise<Classifier>;

/** Where a classifier may be opened. */
interface Thread {
  readonly open: Open;
}

interface WorkerThread extends Thread {
  readonly runs: (backend: BackendName) => Promise<boolean>;
  readonly stop: () => void;
}

/** On this thread, for browsers whose workers have no WebGL2. */
const here: Thread = {
  open: async (weights, options, meaning) => {
    const { createClassifier } = await import('./classifier.ts');
    const bytes = weights instanceof Blob ? await readWhole(weights) : weights;
    return createClassifier(bytes, options, meaning);
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

/** A classifier on a thread of its own. */
function workerClassifier(): WorkerThread {
  const { remote, ask, stop } = startWorker<WorkerApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  const open: Open = async (weights, options, meaning) => ({
    info: await ask(
      remote.open(
        weights instanceof Blob ? weights : transfer(weights, [weights.buffer]),
        options,
        typeof meaning === 'function' ? proxy(meaning) : meaning,
      ),
    ),
    classify: (picture, top = DEFAULT_TOP) => ask(remote.classify(picture, top)),
    measure: () => ask(remote.measure()),
    dispose: stop,
  });
  return { open, runs: (backend) => ask(remote.runs(backend)), stop };
}
