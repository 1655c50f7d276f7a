/** What a page imports, when somebody asks for a prediction: a classifier on the best thread for it. */
import { transfer } from 'comlink';
import { EngineError } from '../threads/errors.ts';
import { startWorker } from '../threads/remote.ts';
import type { BackendName } from './backend.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import type { Weights } from './open.ts';
import { rasterised } from './preprocess/vector.ts';
import type { WorkerApi } from './service.ts';
import { threadRuns, webglRenderer } from './thread.ts';
import type { Classifier } from './types.ts';

export interface OpenOptions extends Omit<ClassifierOptions, 'backend' | 'fallback'> {
  /**
   * Where to compute, or who chooses it once it is known what renders WebGL here (null: nothing).
   * What is chosen may turn out to lack what it needs; then WebAssembly computes. WebGL where there is
   * any, unless told.
   */
  readonly backend?: BackendName | ((renderer: string | null) => BackendName);
  /** What is known better than by the file; without it the file is believed, or the usual assumed. */
  readonly meaning?: Meaning | undefined;
  readonly signal?: AbortSignal;
}

/** A classifier, and the thread that it computes on. */
export interface OpenedClassifier extends Classifier {
  /** Resolves when the thread that computes is gone, with what to tell the visitor. */
  readonly died: Promise<EngineError>;
}

/**
 * Opens a classifier on weights that may still be on their way, in a worker where the browser can, on
 * this thread elsewhere. Rejects with an EngineError whose message is a sentence for the visitor, or
 * as the weights do; nothing is left behind, the next call starts anew.
 */
export async function openClassifier(
  weights: Promise<Weights>,
  {
    backend = (renderer) => (renderer === null ? 'wasm' : 'webgl'),
    meaning,
    signal,
    ...known
  }: OpenOptions,
): Promise<OpenedClassifier> {
  // The worker fetches its code meanwhile.
  const worker = typeof OffscreenCanvas === 'undefined' ? null : workerThread();
  const stop = () => worker?.stop();
  signal?.addEventListener('abort', stop);
  try {
    const [arrived, { thread, ...where }] = await Promise.all([
      weights,
      typeof backend === 'string' ? placeFor(backend, worker) : chosenPlace(backend, worker),
    ]);
    const classifier = await thread.open(arrived, { ...where, ...known }, meaning);
    return {
      ...classifier,
      died: thread.died,
      // Workers cannot draw what is described in XML.
      classify: async (picture, top) => classifier.classify(await rasterised(picture), top),
    };
  } catch (error) {
    stop();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
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

/** Where a classifier may be opened. */
interface Thread {
  readonly open: (
    weights: Weights,
    options: ClassifierOptions,
    meaning: Meaning | undefined,
  ) => Promise<Classifier>;
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

/** A thread of its own. */
function workerThread(): WorkerThread {
  const { api, died, stop } = startWorker<WorkerApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    open: async (weights, options, meaning) => {
      const given = weights instanceof Uint8Array ? transfer(weights, [weights.buffer]) : weights;
      const info = await api.open(given, options, meaning);
      return {
        info,
        classify: api.classify,
        measure: api.measure,
        check: api.check,
        measureLayers: api.measureLayers,
        // Nobody is told of a worker that was stopped: what it held is gone with it, and was not wanted.
        lost: () => new Promise((resolve) => void api.lost().then(resolve, () => undefined)),
        dispose: stop,
      };
    },
    runs: api.runs,
    webgl: api.webgl,
    died,
    stop,
  };
}
