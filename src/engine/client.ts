/** What a page imports, when somebody asks for a prediction: weights, worker, class names. */
import { proxy, transfer } from 'comlink';
import type { BackendName } from './backend.ts';
import { readWhole } from './blob.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import { download, fetchChecked, type RemoteFile } from './download.ts';
import { EngineError } from './errors.ts';
import { startWorker } from './remote.ts';
import type {
  Classification,
  Classifier,
  ClassifierInfo,
  Golden,
  Parity,
  Prediction,
} from './types.ts';
import { threadRuns } from './thread.ts';
import type { WorkerApi } from './service.ts';

export interface LabelledPrediction extends Prediction {
  /** The class's name; `class 17` where no list of names is known. */
  readonly label: string;
}

export interface LabelledClassification extends Omit<Classification, 'predictions'> {
  readonly predictions: readonly LabelledPrediction[];
}

/** A classifier that knows its classes by name. */
export interface ClassifierClient extends Omit<Classifier, 'classify' | 'check'> {
  classify(picture: Blob, top?: number): Promise<LabelledClassification>;
  /** Compares this device with PyTorch's numbers where they are stored and can be had, else with plain loops. */
  check(): Promise<Parity | null>;
}

export interface OpenOptions extends Omit<ClassifierOptions, 'backend' | 'fallback'> {
  /** Without one: WebGL, or WebAssembly where there is no WebGL2. */
  readonly backend?: BackendName | undefined;
  /** The address of PyTorch's numbers for these weights, if they are stored. */
  readonly goldenUrl?: string | undefined;
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
 * Opens a classifier, in a worker where the browser can, on this thread elsewhere. Rejects with an
 * EngineError whose message is a sentence for the visitor; nothing is left behind, the next call
 * starts anew.
 */
export async function openClassifier(
  source: WeightsSource,
  {
    backend,
    precision,
    known = [],
    channelOrder,
    meaning,
    labelsUrl,
    goldenUrl,
    ...transport
  }: OpenOptions,
): Promise<ClassifierClient> {
  // The worker fetches its code while the weights are on their way.
  const worker = typeof OffscreenCanvas === 'undefined' ? null : workerClassifier();
  try {
    const [weights, place] = await Promise.all([
      bring(source, transport),
      backend === undefined ? bestPlace(worker) : placeFor(backend, worker),
    ]);
    const { thread, ...where } = place;
    const options: ClassifierOptions = { ...where, precision, known, channelOrder };
    const classifier = await thread.open(weights, options, meaning);
    const labels = await labelsOf(classifier.info, labelsUrl);
    return clientOf(classifier, labels, goldenUrl);
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

/** Where a classifier is opened. */
interface Place {
  readonly thread: Thread;
  readonly backend: BackendName;
  readonly fallback?: BackendName;
}

/** The worker if it can run the backend, else the page's own thread if that can. */
async function placeFor(backend: BackendName, worker: WorkerThread | null): Promise<Place> {
  if (worker && (await worker.runs(backend))) return { thread: worker, backend };
  worker?.stop();
  if (threadRuns(backend)) return { thread: here, backend };
  throw new EngineError(
    'no-webgl',
    'This browser offers no WebGL2, on which the network runs. Turn on hardware acceleration in ' +
      'its settings, or use another browser.',
  );
}

/** WebGL in the worker or on the page's thread, else WebAssembly in the worker or here. */
async function bestPlace(worker: WorkerThread | null): Promise<Place> {
  const fallback = 'wasm';
  if (worker && (await worker.runs('webgl'))) return { thread: worker, backend: 'webgl', fallback };
  if (!threadRuns('webgl')) return placeFor(fallback, worker);
  worker?.stop();
  return { thread: here, backend: 'webgl', fallback };
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
  { labels }: ClassifierInfo,
  labelsUrl: OpenOptions['labelsUrl'],
): Promise<readonly string[]> {
  if (typeof labels !== 'string') return labels ?? [];
  const response = await fetchChecked(labelsUrl(labels), 'The class names');
  return (await response.json()) as string[];
}

/** PyTorch's numbers and their picture; null when they cannot be had, which is no reason to stop. */
async function goldenFrom(url: string): Promise<Golden | null> {
  try {
    const stored = (await (await fetchChecked(url, 'The stored numbers')).json()) as StoredGolden;
    const pictureUrl = new URL(stored.picture, new URL(url, location.href)).href;
    const picture = await (await fetchChecked(pictureUrl, 'The stored picture')).blob();
    return { ...stored, picture };
  } catch {
    return null;
  }
}

/** As in public/golden/; `picture` is a file beside it. */
type StoredGolden = Omit<Golden, 'picture'> & { readonly picture: string };

function clientOf(
  classifier: Classifier,
  labels: readonly string[],
  goldenUrl: string | undefined,
): ClassifierClient {
  return {
    info: classifier.info,
    lost: classifier.lost,
    check: async () =>
      classifier.check(goldenUrl === undefined ? null : await goldenFrom(goldenUrl)),
    measureLayers: () => classifier.measureLayers(),
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
    // Nobody is told of a worker that was stopped: what it held is gone with it, and was not wanted.
    lost: new Promise((resolve) => {
      ask(remote.lost()).then(resolve, () => undefined);
    }),
    check: (golden) => ask(remote.check(golden)),
    measureLayers: () => ask(remote.measureLayers()),
    classify: (picture, top = DEFAULT_TOP) => ask(remote.classify(picture, top)),
    measure: () => ask(remote.measure()),
    dispose: stop,
  });
  return { open, runs: (backend) => ask(remote.runs(backend)), stop };
}
