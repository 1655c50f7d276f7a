/** The panel's effects: loads the engine when first asked, runs one request at a time. */
import type { BackendName } from '../../engine/backend.ts';
import type { ClassifierClient } from '../../engine/client.ts';
import type { EngineErrorCode } from '../../engine/errors.ts';
import type { RemoteFile } from '../../engine/download.ts';
import type { CheckpointChoice, PanelAction, Problem } from './state.ts';

export interface Picture {
  /** What it is, in words. */
  readonly name: string;
  readonly load: () => Promise<Blob>;
}

export interface Session {
  classify(picture: Picture): void;
  /** Uses the visitor's own file from now on, for the current picture first. */
  openCheckpoint(file: File): void;
  /** Goes back to the weights that ship with the page. */
  useShipped(): void;
  /** Runs the current picture again, on another backend if one is given. */
  retry(backend?: BackendName): void;
  dispose(): void;
}

interface SessionOptions {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly shipped: ({ readonly id: string } & RemoteFile) | null;
  readonly dispatch: (action: PanelAction) => void;
}

/** After these the classifier is still good; after all others the next request opens a new one. */
const HARMLESS: readonly EngineErrorCode[] = ['picture'];

/** What the current client was or is being opened with; compared by identity. */
interface Opening {
  readonly client: Promise<ClassifierClient>;
  readonly controller: AbortController;
}

export function createSession({ base, shipped, dispatch }: SessionOptions): Session {
  let request = 0;
  let received = 0;
  let backend: BackendName = 'webgl';
  let ownFile: File | null = null;
  let picture: Picture | null = null;
  let opening: Opening | null = null;

  const choice = (): CheckpointChoice => {
    if (ownFile) return { kind: 'local', fileName: ownFile.name };
    return shipped ? { kind: 'shipped', id: shipped.id } : { kind: 'none' };
  };

  /** The classifier for the chosen weights and backend, opened once for all requests. */
  const open = (weights: RemoteFile | File): Opening => {
    if (opening) return opening;
    const controller = new AbortController();
    const client = loadEngine().then(({ openClassifier, models }) =>
      openClassifier(weights, {
        backend,
        known: models.map(({ id, design }) => ({ id, design })),
        labelsUrl: (set) => `${base}api/labels/${set}.json`,
        signal: controller.signal,
        onProgress: (bytes) => {
          received = bytes;
          if (!controller.signal.aborted) dispatch({ type: 'received', request, bytes });
        },
      }),
    );
    opening = { client, controller };
    return opening;
  };

  /** Forgets a classifier that failed or is not wanted any more. */
  const close = (which: Opening | null) => {
    if (opening === which) opening = null;
    received = 0;
    which?.controller.abort();
    which?.client.then(
      (client) => {
        client.dispose();
      },
      () => undefined,
    );
  };

  /** Runs the current picture; a GPU that took its context away is asked once more. */
  const run = async (mayRepeat = true): Promise<void> => {
    const weights = ownFile ?? shipped;
    if (!weights) return;
    const mine = ++request;
    const isLatest = () => mine === request;
    const wanted = picture;
    const subject = wanted?.name ?? null;
    dispatch({ type: 'asked', request: mine, subject, backend, checkpoint: choice() });
    dispatch({ type: 'received', request: mine, bytes: received });
    const current = open(weights);
    try {
      const [client, file] = await Promise.all([current.client, wanted?.load()]);
      if (!isLatest()) return;
      dispatch({ type: 'opened', request: mine, info: client.info });
      if (!file) return;
      const result = await client.classify(file);
      if (!isLatest()) return;
      dispatch({ type: 'classified', request: mine, result });
      dispatch({ type: 'timed', request: mine, timing: await client.measure() });
    } catch (error) {
      const problem = problemOf(error);
      if (!HARMLESS.includes(problem.code)) close(current);
      if (problem.code === 'context-lost' && mayRepeat && isLatest()) return run(false);
      // A file that does not run is given up, so that the next try uses what the page ships.
      if (problem.code === 'checkpoint' && weights === ownFile) ownFile = null;
      dispatch({ type: 'failed', request: mine, problem, checkpoint: choice() });
    }
  };

  const reopen = () => {
    close(opening);
    void run();
  };

  return {
    classify: (next) => {
      picture = next;
      void run();
    },
    openCheckpoint: (file) => {
      ownFile = file;
      reopen();
    },
    useShipped: () => {
      ownFile = null;
      reopen();
    },
    retry: (other = backend) => {
      if (other === backend) void run();
      else {
        backend = other;
        reopen();
      }
    },
    dispose: () => {
      request++;
      close(opening);
    },
  };
}

async function loadEngine() {
  try {
    const [{ openClassifier }, { models }] = await Promise.all([
      import('../../engine/client.ts'),
      import('../../zoo/models.ts'),
    ]);
    return { openClassifier, models };
  } catch (cause) {
    const message =
      'The classifier’s code could not be loaded. Check the connection and reload the page.';
    throw Object.assign(new Error(message, { cause }), { code: 'download' });
  }
}

/** The engine's errors carry a code and a sentence; anything else is a fault of ours. */
function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return { code: error.code as EngineErrorCode, message: error.message };
  const cause = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `The classifier failed unexpectedly (${cause}). Try again, or reload the page.`,
  };
}
