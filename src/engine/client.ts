/** What a page imports, when somebody asks for a prediction: weights, worker, class names. */
import { proxy, transfer } from 'comlink';
import type { BackendName } from './backend.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import { download, fetchJson, fetchWhole, type RemoteFile } from './download.ts';
import { EngineError } from './errors.ts';
import type { KeptFile, Weights } from './open.ts';
import { rasterised } from './preprocess/vector.ts';
import { startWorker } from './remote.ts';
import type {
  Classification,
  Classifier,
  ClassifierInfo,
  Golden,
  Parity,
  Prediction,
} from './types.ts';
import { threadRuns, webglRenderer } from './thread.ts';
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
  /** Resolves when the thread that computes is gone, with what to tell the visitor. */
  readonly died: Promise<EngineError>;
}

export interface OpenOptions extends Omit<ClassifierOptions, 'backend' | 'fallback'> {
  /**
   * Where to compute, or who chooses it once it is known what renders WebGL here (null: nothing).
   * What is chosen may turn out to lack what it needs; then WebAssembly computes. WebGL where there is
   * any, unless told.
   */
  readonly backend?: BackendName | ((renderer: string | null) => BackendName);
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
/** Brings a file that may be kept on this device, and fetches it anew if that was altered. */
export interface Keeper {
  readonly bring: () => Promise<KeptFile>;
  /** Throws away what is kept, so that the next `bring` fetches it. */
  readonly discard: () => Promise<void>;
}

/** Where weights come from: an address, a file, or whoever brings a file when it is asked for. */
export type WeightsSource = RemoteFile | Blob | Keeper;

/**
 * Opens a classifier, in a worker where the browser can, on this thread elsewhere. Rejects with an
 * EngineError whose message is a sentence for the visitor; nothing is left behind, the next call
 * starts anew.
 */
export async function openClassifier(
  source: WeightsSource,
  {
    backend = (renderer) => (renderer === null ? 'wasm' : 'webgl'),
    precision,
    known = [],
    channelOrder,
    meaning,
    labelsUrl,
    goldenUrl,
    ...transport
  }: OpenOptions,
): Promise<ClassifierClient> {
  const { signal } = transport;
  // The worker fetches its code while the weights are on their way.
  const worker = typeof OffscreenCanvas === 'undefined' ? null : workerClassifier();
  const stop = () => worker?.stop();
  signal?.addEventListener('abort', stop);
  // So do the numbers that the device is compared with, so that the first answer need not wait.
  const golden = goldenUrl === undefined ? null : goldenFrom(goldenUrl, signal);
  try {
    const [weights, place] = await Promise.all([
      bring(source, transport),
      typeof backend === 'string' ? placeFor(backend, worker) : chosenPlace(backend, worker),
    ]);
    const { thread, ...where } = place;
    const options: ClassifierOptions = { ...where, precision, known, channelOrder };
    const classifier = await thread
      .open(weights, options, meaning)
      .catch(async (error: unknown) => {
        if (!('discard' in source && error instanceof EngineError && error.code === 'altered'))
          throw error;
        await source.discard();
        return thread.open(await source.bring(), options, meaning);
      });
    const labels = await labelsOf(classifier.info, labelsUrl, signal);
    return clientOf(classifier, { labels, golden, died: thread.died });
  } catch (error) {
    stop();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function bring(
  source: WeightsSource,
  transport: Pick<OpenOptions, 'signal' | 'onProgress'>,
): Promise<Weights> {
  if (source instanceof Blob) return source;
  return 'bring' in source ? source.bring() : download(source, transport);
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

/** What is chosen by what renders WebGL: in the worker if it can, else on the page's thread. */
async function chosenPlace(
  choose: (renderer: string | null) => BackendName,
  worker: WorkerThread | null,
): Promise<Place> {
  const inWorker = worker && (await worker.webgl());
  const backend = choose(inWorker ?? webglRenderer());
  if (backend !== 'webgl') return placeFor(backend, worker);
  const fallback = 'wasm';
  if (worker && inWorker !== null) return { thread: worker, backend, fallback };
  worker?.stop();
  return { thread: here, backend, fallback };
}

type Open = (
  weights: Weights,
  options: ClassifierOptions,
  meaning: Meaning | undefined,
) => Promise<Classifier>;

/** Where a classifier may be opened. */
interface Thread {
  readonly open: Open;
  /** As in RemoteWorker; never for the page's own. */
  readonly died: Promise<EngineError>;
}

interface WorkerThread extends Thread {
  readonly runs: (backend: BackendName) => Promise<boolean>;
  /** What renders WebGL there; null when nothing does. */
  readonly webgl: () => Promise<string | null>;
  readonly stop: () => void;
}

/** On this thread, for browsers whose workers have no WebGL2. */
const here: Thread = {
  open: async (weights, options, meaning) => {
    const { openFrom } = await import('./open.ts');
    return openFrom(weights, options, meaning);
  },
  died: new Promise(() => undefined),
};

async function labelsOf(
  { labels }: ClassifierInfo,
  labelsUrl: OpenOptions['labelsUrl'],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  if (typeof labels !== 'string') return labels ?? [];
  return (await fetchJson(labelsUrl(labels), 'The class names', { signal })) as string[];
}

/** PyTorch's numbers and their picture; null when they cannot be had, which is no reason to stop. */
async function goldenFrom(url: string, signal: AbortSignal | undefined): Promise<Golden | null> {
  try {
    const stored = (await fetchJson(url, 'The stored numbers', { signal })) as StoredGolden;
    const pictureUrl = new URL(stored.picture, new URL(url, location.href)).href;
    return { ...stored, picture: await fetchWhole(pictureUrl, 'The stored picture', { signal }) };
  } catch {
    return null;
  }
}

/** As in public/golden/; `picture` is a file beside it. */
type StoredGolden = Omit<Golden, 'picture'> & { readonly picture: string };

function clientOf(
  classifier: Classifier,
  {
    labels,
    golden,
    died,
  }: {
    readonly labels: readonly string[];
    readonly golden: Promise<Golden | null> | null;
    readonly died: Promise<EngineError>;
  },
): ClassifierClient {
  return {
    info: classifier.info,
    lost: classifier.lost,
    died,
    check: async () => classifier.check(await golden),
    measureLayers: () => classifier.measureLayers(),
    classify: async (picture, top) => {
      const { predictions, ...rest } = await classifier.classify(await rasterised(picture), top);
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
  const { remote, ask, died, stop } = startWorker<WorkerApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  const open: Open = async (weights, options, meaning) => ({
    info: await ask(
      remote.open(
        weights instanceof Uint8Array ? transfer(weights, [weights.buffer]) : weights,
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
  return {
    open,
    runs: (backend) => ask(remote.runs(backend)),
    webgl: () => ask(remote.webgl()),
    died,
    stop,
  };
}
