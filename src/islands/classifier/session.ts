/** The panel's effects: loads the engine when first asked, runs one request at a time. */
import type { BackendName } from '../../engine/backend.ts';
import type { ClassifierClient, OpenOptions } from '../../engine/client.ts';
import type { EngineErrorCode } from '../../engine/errors.ts';
import type { RemoteFile } from '../../engine/download.ts';
import type { Progress } from '../../engine/weights/index.ts';
import { keepPage, startOffline } from './offline.ts';
import type { OfficialWeights } from './official.ts';
import {
  defaultsFor,
  labelSetUrl,
  labelsUrlOf,
  meaningOf,
  type Protocol,
  type Settings,
} from './settings.ts';
import type { CheckpointChoice, PanelAction, Problem } from './state.ts';

export interface Picture {
  /** What it is, in words. */
  readonly name: string;
  readonly load: () => Promise<Blob>;
}

export interface Session {
  classify(picture: Picture): void;
  /** Uses the visitor's own file from now on, with what they say of it or what is likely. */
  choose(file: File, settings?: Settings | null): void;
  /** Uses the visitor's file with other settings, for the current picture first. */
  adjust(settings: Settings): void;
  /** Uses official weights from now on, for the current picture or, if there is none, another. */
  useOfficial(weights: OfficialWeights, otherwise: Picture): void;
  /** Stops a download and goes back to the weights that ship with the page. */
  cancel(): void;
  /** Goes back to the weights that ship with the page. */
  useShipped(): void;
  /** Runs the current picture, on another backend if one is given; without one, opens the network. */
  retry(backend?: BackendName): void;
  dispose(): void;
}

interface SessionOptions {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly shipped: ({ readonly id: string } & RemoteFile) | null;
  /** How published networks are used, for files that do not say. */
  readonly protocols: readonly Protocol[];
  readonly dispatch: (action: PanelAction) => void;
}

/** After these the classifier is still good; after all others the next request opens a new one. */
const HARMLESS: readonly EngineErrorCode[] = ['picture'];

/** The weights to run, by where they come from. */
type Weights =
  | { readonly kind: 'shipped'; readonly file: { readonly id: string } & RemoteFile }
  | { readonly kind: 'official'; readonly file: OfficialWeights }
  | { readonly kind: 'local'; readonly file: File; readonly settings: Settings | null };

/** What the current client was or is being opened with; compared by identity. */
interface Opening {
  readonly client: Promise<ClassifierClient>;
  readonly controller: AbortController;
}

export function createSession({
  base,
  shipped,
  protocols,
  dispatch: report,
}: SessionOptions): Session {
  const standard: Weights | null = shipped && { kind: 'shipped', file: shipped };
  let live = true;
  let request = 0;
  let progress: Progress | null = null;
  let backend: BackendName = 'webgl';
  let weights: Weights | null = standard;
  let picture: Picture | null = null;
  let opening: Opening | null = null;
  /** Official weights that could not be kept: in memory as long as they are chosen. */
  let unkept: { readonly id: string; readonly blob: Blob; readonly why: string } | null = null;

  /** After the end nobody listens. */
  const dispatch = (action: PanelAction) => {
    if (live) report(action);
  };

  const choice = (): CheckpointChoice => {
    if (!weights) return { kind: 'none' };
    if (weights.kind === 'local')
      return { kind: 'local', fileName: weights.file.name, settings: weights.settings };
    return { kind: weights.kind, id: weights.file.id };
  };

  /** The classifier for the chosen weights and backend, opened once for all requests. */
  const open = (chosen: Weights): Opening => {
    if (opening) return opening;
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = (told: Progress) => {
      if (signal.aborted) return;
      progress = told;
      tellProgress();
    };
    const obtain = async (file: OfficialWeights): Promise<Blob> => {
      if (unkept?.id !== file.id) {
        const { obtainWeights } = await loadCode(import('../../engine/weights/index.ts'));
        const { blob, notKept: why } = await obtainWeights(file, { signal, onProgress });
        unkept = why === null ? null : { id: file.id, blob, why };
        if (!unkept) return blob;
      }
      return unkept.blob;
    };
    // Before the engine, so that its code is kept as well.
    const ready = chosen.kind === 'official' ? startOffline(base) : Promise.resolve();
    const client = ready.then(loadEngine).then(({ openClassifier, models }) =>
      openClassifier(chosen.kind === 'official' ? () => obtain(chosen.file) : chosen.file, {
        backend,
        known: models.map(({ id, design }) => ({ id, design })),
        ...meaningFor(chosen, protocols),
        labelsUrl: (set) =>
          chosen.kind === 'local' && chosen.settings
            ? labelsUrlOf(chosen.settings.labels, base)
            : labelSetUrl(set, base),
        signal,
        onProgress: (received) => {
          if (chosen.kind === 'shipped')
            onProgress({ received, total: chosen.file.bytes, secondsLeft: null });
        },
      }),
    );
    opening = { client, controller };
    return opening;
  };

  const tellProgress = () => {
    if (!progress) return;
    const { received: bytes, total, secondsLeft } = progress;
    dispatch({ type: 'received', request, bytes, total, secondsLeft });
  };

  /** Forgets a classifier that failed or is not wanted any more. */
  const close = (which: Opening | null) => {
    if (opening === which) {
      opening = null;
      progress = null;
    }
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
    const chosen = weights;
    const mine = ++request;
    if (!chosen) {
      const problem = { code: 'checkpoint', message: NO_WEIGHTS } as const;
      const subject = picture?.name ?? null;
      dispatch({ type: 'asked', request: mine, subject, backend, checkpoint: choice() });
      dispatch({ type: 'failed', request: mine, problem, checkpoint: choice() });
      return;
    }
    const isLatest = () => mine === request;
    const wanted = picture;
    const subject = wanted?.name ?? null;
    dispatch({ type: 'asked', request: mine, subject, backend, checkpoint: choice() });
    tellProgress();
    const current = open(chosen);
    try {
      const [client, file] = await Promise.all([current.client, wanted?.load()]);
      if (!isLatest()) return;
      if (chosen.kind === 'official') {
        dispatch({ type: 'obtained', request: mine, notKept: unkept?.why ?? null });
        if (!unkept) keepPage();
      }
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
      if (problem.code === 'checkpoint' && chosen.kind === 'local' && weights === chosen)
        weights = standard;
      dispatch({ type: 'failed', request: mine, problem, checkpoint: choice() });
    }
  };

  const choose = (next: Weights | null) => {
    close(opening);
    if (next !== weights) unkept = null;
    weights = next;
  };

  return {
    classify: (next) => {
      picture = next;
      void run();
    },
    choose: (file, settings = null) => {
      const same =
        weights?.kind === 'local' && weights.file === file && weights.settings === settings;
      if (!same) choose({ kind: 'local', file, settings });
    },
    adjust: (settings) => {
      if (weights?.kind !== 'local') return;
      choose({ ...weights, settings });
      void run();
    },
    useOfficial: (file, otherwise) => {
      picture ??= otherwise;
      // A second click is no reason to begin anew.
      if (weights?.kind !== 'official' || weights.file.id !== file.id)
        choose({ kind: 'official', file });
      void run();
    },
    cancel: () => {
      const stopped = opening;
      const mine = ++request;
      weights = standard;
      close(stopped);
      const tell = () => {
        if (mine === request) dispatch({ type: 'cancelled', request: mine, checkpoint: choice() });
      };
      // What arrived is put aside first, so that the panel can say how much there is.
      void Promise.resolve(stopped?.client).then(tell, tell);
    },
    useShipped: () => {
      choose(standard);
      void run();
    },
    retry: (other = backend) => {
      if (other !== backend) close(opening);
      backend = other;
      void run();
    },
    dispose: () => {
      live = false;
      request++;
      close(opening);
    },
  };
}

const NO_WEIGHTS =
  'No weights are chosen yet: run the official ones or open a checkpoint, and this picture is next.';

/** What is known of weights beyond what their file says. */
function meaningFor(
  weights: Weights,
  protocols: readonly Protocol[],
): Pick<OpenOptions, 'meaning' | 'channelOrder'> {
  if (weights.kind === 'shipped') return {};
  if (weights.kind === 'official') return { meaning: weights.file.meaning };
  const { settings } = weights;
  return settings
    ? { meaning: meaningOf(settings), channelOrder: settings.channelOrder }
    : { meaning: (clues) => meaningOf(defaultsFor(clues, protocols)) };
}

async function loadEngine() {
  const [{ openClassifier }, { models }] = await loadCode(
    Promise.all([import('../../engine/client.ts'), import('../../zoo/models.ts')]),
  );
  return { openClassifier, models };
}

/** Code that is loaded on demand; its absence is told in a sentence. */
async function loadCode<T>(code: Promise<T>): Promise<T> {
  try {
    return await code;
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
