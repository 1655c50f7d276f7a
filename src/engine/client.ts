/** What a page imports, when somebody asks for a prediction: a classifier on the best thread for it. */
import { transfer } from 'comlink';
import { EngineError } from '../threads/errors.ts';
import { startWorker, unlessForbidden } from '../threads/remote.ts';
import type { BackendName } from './backend.ts';
import { missingError } from './backends/about.ts';
import { BACKENDS, backendOf, probe, type Found } from './backends/index.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import type { Weights } from './open.ts';
import { rasterised } from './preprocess/vector.ts';
import type { WorkerApi } from './service.ts';
import type { Classifier, Picture } from './types.ts';

export interface OpenOptions extends Omit<ClassifierOptions, 'backend' | 'fallback'> {
  /**
   * Where to compute, or who chooses it once it is known what computes here. What is chosen that way
   * may turn out to lack what it needs; then its fallback computes. The first that is found, unless
   * told.
   */
  readonly backend?: BackendName | ((found: Found) => BackendName);
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
  { backend = firstOf, meaning, signal, ...known }: OpenOptions,
): Promise<OpenedClassifier> {
  // The worker fetches its code meanwhile.
  const worker = typeof OffscreenCanvas === 'undefined' ? null : unlessForbidden(workerThread);
  const stop = () => worker?.stop();
  signal?.addEventListener('abort', stop);
  try {
    const [arrived, { thread, ...where }] = await Promise.all([weights, placeFor(backend, worker)]);
    const classifier = await thread.open(arrived, { ...where, ...known }, meaning);
    return {
      ...classifier,
      died: thread.died,
      // Workers cannot draw what is described in XML.
      classify: async (picture, top) => classifier.classify(await drawn(picture), top),
      classifyUnder: async (picture, ...how) =>
        classifier.classifyUnder(await drawn(picture), ...how),
      embed: async (picture) => classifier.embed(await drawn(picture)),
    };
  } catch (error) {
    stop();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

const drawn = async (picture: Picture): Promise<Picture> =>
  picture instanceof Blob ? rasterised(picture) : picture;

const ALL = BACKENDS.map(({ id }) => id);

const firstOf = (found: Found): BackendName => ALL.find((id) => found[id]) ?? 'cpu';

/** Where a classifier is opened. */
interface Place {
  readonly thread: Thread;
  readonly backend: BackendName;
  readonly fallback?: BackendName | undefined;
}

/**
 * The worker if it can run what is asked for or chosen, else the page's own thread if that can. Rejects
 * with an EngineError `no-backend` where neither can.
 */
async function placeFor(
  asked: BackendName | ((found: Found) => BackendName),
  worker: WorkerThread | null,
): Promise<Place> {
  const named = typeof asked === 'string';
  const ids = named ? [asked] : ALL;
  const inWorker = worker ? await worker.probe(ids) : {};
  // Some browsers' workers lack what their pages have.
  const onPage = await probe(ids.filter((id) => inWorker[id] === undefined));
  const backend = named ? asked : asked({ ...onPage, ...inWorker });
  const fallback = named ? undefined : (backendOf(backend).fallback ?? undefined);
  if (worker && inWorker[backend] !== undefined) return { thread: worker, backend, fallback };
  worker?.stop();
  if (onPage[backend] === undefined) throw missingError(backendOf(backend));
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
  readonly probe: (ids: readonly BackendName[]) => Promise<Found>;
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

/** A bitmap changes threads without a copy. */
const handedOver = (picture: Picture): Picture =>
  'close' in picture ? transfer(picture, [picture]) : picture;

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
        classify: (picture, top) => api.classify(handedOver(picture), top),
        classifyUnder: (picture, ...how) => api.classifyUnder(handedOver(picture), ...how),
        look: api.look,
        embed: (picture) => api.embed(handedOver(picture)),
        measure: api.measure,
        check: api.check,
        measureLayers: api.measureLayers,
        // Nobody is told of a worker that was stopped: what it held is gone with it, and was not wanted.
        lost: () => new Promise((resolve) => void api.lost().then(resolve, () => undefined)),
        dispose: stop,
      };
    },
    probe: api.probe,
    died,
    stop,
  };
}
