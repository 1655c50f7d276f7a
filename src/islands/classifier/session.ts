/** The panel's effects: loads the engine when first asked, runs one request at a time. */
import type { BackendName } from '../../engine/backend.ts';
import type { ClassifierClient } from '../../engine/client.ts';
import type { EngineErrorCode } from '../../engine/errors.ts';
import type { Parity } from '../../engine/types.ts';
import type { Progress } from '../../engine/weights/index.ts';
import { choiceOf, meaningFor, type ShippedWeights, type Weights } from './chosen.ts';
import { loadCode, loadEngine, problemOf } from './load.ts';
import { keepPage, startOffline } from './offline.ts';
import type { OfficialWeights } from './official.ts';
import { labelSetUrl, type Settings } from './settings.ts';
import type { PanelAction, Problem } from './state.ts';
import { wayOf, type Way, type WayId } from './ways.ts';

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
  /** Runs the current picture; without one, opens the network. */
  retry(): void;
  /** Computes in another way from now on, what is shown first. */
  compute(way: WayId): void;
  /** Times each layer of the network that stands ready. */
  measureLayers(): void;
  dispose(): void;
}

interface SessionOptions {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly shipped: ShippedWeights | null;
  readonly dispatch: (action: PanelAction) => void;
}

/** After these the classifier is still good; after all others the next request opens a new one. */
const HARMLESS: readonly EngineErrorCode[] = ['picture', 'mismatch'];

/** What the current client was or is being opened with; compared by identity. */
interface Opening {
  readonly client: Promise<ClassifierClient>;
  readonly controller: AbortController;
  /** The comparison of this device, made once a client. */
  check: Promise<Parity | 'none'> | null;
  parity: Parity | 'none' | null;
}

export function createSession({ base, shipped, dispatch: report }: SessionOptions): Session {
  const standard: Weights | null = shipped && { kind: 'shipped', file: shipped };
  let live = true;
  let request = 0;
  let progress: Progress | null = null;
  /** What computes, as far as it is known. */
  let backend: BackendName = 'webgl';
  let way: Way | null = null;
  /** A request is on its way, and tells by itself when the GPU is lost. */
  let busy = false;
  /** The latest request ended in a failure. */
  let failed = false;
  /** A GPU that is lost again and again is not asked again and again. */
  let mayRecover = true;
  let weights: Weights | null = standard;
  let picture: Picture | null = null;
  let opening: Opening | null = null;
  /** Official weights that could not be kept: in memory as long as they are chosen. */
  let unkept: { readonly id: string; readonly blob: Blob; readonly why: string } | null = null;

  /** After the end nobody listens. */
  const dispatch = (action: PanelAction) => {
    if (live) report(action);
  };

  const choice = () => choiceOf(weights);

  const fail = (which: number, problem: Problem): void => {
    if (which === request) failed = true;
    dispatch({ type: 'failed', request: which, problem, checkpoint: choice() });
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
        backend: way?.backend,
        precision: way?.precision,
        goldenUrl: chosen.kind === 'shipped' ? chosen.file.goldenUrl : undefined,
        known: models.map(({ id, design }) => ({ id, design })),
        ...meaningFor(chosen),
        labelsUrl: (set) => labelSetUrl(set, base),
        signal,
        onProgress: (received) => {
          if (chosen.kind === 'shipped')
            onProgress({ received, total: chosen.file.bytes, secondsLeft: null });
        },
      }),
    );
    const made: Opening = { client, controller, check: null, parity: null };
    client.then(
      ({ lost }) =>
        lost.then(() => {
          recover(made);
        }),
      () => undefined,
    );
    opening = made;
    return made;
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

  /** Loads the network again when the GPU was taken away while nobody asked for anything. */
  const recover = (which: Opening): void => {
    if (opening !== which || busy) return;
    close(which);
    if (mayRecover) void run({ recovering: true });
    else fail(request, LOST_AGAIN);
  };

  /** What the visitor asks for; after it a lost GPU is asked once more. */
  const ask = (): void => {
    mayRecover = true;
    void run();
  };

  /** Compares this device with numbers that are known to be right, and remembers the outcome. */
  const checked = async (which: Opening, client: ClassifierClient): Promise<Parity | 'none'> => {
    which.check ??= client.check().then((parity) => parity ?? 'none');
    which.parity = await which.check;
    return which.parity;
  };

  /** Runs the current picture; without one, opens the network. */
  const run = async ({ recovering = false } = {}): Promise<void> => {
    const chosen = weights;
    const mine = ++request;
    const wanted = picture;
    busy = true;
    failed = false;
    dispatch({
      type: 'asked',
      request: mine,
      subject: wanted?.name ?? null,
      backend,
      way: way?.id ?? null,
      notice: recovering ? RECOVERED : null,
      checkpoint: choice(),
    });
    if (!chosen) {
      busy = false;
      const problem = { code: 'checkpoint', message: NO_WEIGHTS } as const;
      fail(mine, problem);
      return;
    }
    if (recovering) mayRecover = false;
    const isLatest = () => mine === request;
    tellProgress();
    const current = open(chosen);
    try {
      const [client, file] = await Promise.all([current.client, wanted?.load()]);
      if (!isLatest()) return;
      if (chosen.kind === 'official') {
        dispatch({ type: 'obtained', request: mine, notKept: unkept?.why ?? null });
        if (!unkept) keepPage();
      }
      backend = client.info.backend;
      dispatch({ type: 'opened', request: mine, info: client.info, parity: current.parity });
      const result = file && (await client.classify(file));
      if (!isLatest()) return;
      if (result) dispatch({ type: 'classified', request: mine, result });
      dispatch({ type: 'checked', request: mine, parity: await checked(current, client) });
      if (!isLatest()) return;
      if (result) dispatch({ type: 'timed', request: mine, timing: await client.measure() });
    } catch (error) {
      const problem = problemOf(error);
      if (!HARMLESS.includes(problem.code)) close(current);
      if (problem.code === 'context-lost' && mayRecover && isLatest()) {
        await run({ recovering: true });
        return;
      }
      // A file that does not run is given up, so that the next try uses what the page ships.
      if (problem.code === 'checkpoint' && chosen.kind === 'local' && weights === chosen)
        weights = standard;
      fail(mine, problem);
    } finally {
      if (isLatest()) busy = false;
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
      ask();
    },
    choose: (file, settings = null) => {
      const same =
        weights?.kind === 'local' && weights.file === file && weights.settings === settings;
      if (!same) choose({ kind: 'local', file, settings });
    },
    adjust: (settings) => {
      if (weights?.kind !== 'local') return;
      choose({ ...weights, settings });
      ask();
    },
    useOfficial: (file, otherwise) => {
      picture ??= otherwise;
      // A second click is no reason to begin anew.
      if (weights?.kind !== 'official' || weights.file.id !== file.id)
        choose({ kind: 'official', file });
      ask();
    },
    cancel: () => {
      const stopped = opening;
      const mine = ++request;
      weights = standard;
      [busy, failed] = [false, false];
      close(stopped);
      const tell = () => {
        if (mine === request) dispatch({ type: 'cancelled', request: mine, checkpoint: choice() });
      };
      // What arrived is put aside first, so that the panel can say how much there is.
      void Promise.resolve(stopped?.client).then(tell, tell);
    },
    useShipped: () => {
      choose(standard);
      ask();
    },
    retry: ask,
    compute: (id) => {
      way = wayOf(id) ?? null;
      backend = way?.backend ?? backend;
      if (opening === null && !failed) dispatch({ type: 'way', request, way: id, backend });
      else {
        close(opening);
        ask();
      }
    },
    measureLayers: () => {
      const [current, mine] = [opening, request];
      if (!current) return;
      dispatch({ type: 'layers', request: mine, layers: 'measuring' });
      current.client
        .then((client) => client.measureLayers())
        .then(
          (layers) => {
            dispatch({ type: 'layers', request: mine, layers });
          },
          (error: unknown) => {
            const problem = problemOf(error);
            // Of a lost GPU the panel hears in another way.
            if (problem.code !== 'context-lost') fail(mine, problem);
          },
        );
    },
    dispose: () => {
      live = false;
      request++;
      close(opening);
    },
  };
}

const RECOVERED =
  'The browser had taken the graphics processor away; the network is loaded again, with the same weights.';

const LOST_AGAIN: Problem = {
  code: 'context-lost',
  message: 'The browser took the graphics processor away again: try again, or compute without it.',
};

const NO_WEIGHTS =
  'No weights are chosen yet: run the official ones or open a checkpoint, and this picture is next.';
