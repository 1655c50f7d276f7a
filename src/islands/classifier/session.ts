/** The panel's effects: loads the engine when first asked, runs one request at a time. */
import type { BackendName } from '../../engine/backend.ts';
import type { Found } from '../../engine/backends/index.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';
import type { Progress } from '../../weights/index.ts';
import { choiceOf, type ShippedWeights, type Weights } from './chosen.ts';
import { problemOf } from './load.ts';
import { keepPage } from './offline.ts';
import type { OfficialWeights } from './official.ts';
import { checked, createOpener, end, type Opening } from './opening.ts';
import { firstWay, rememberedTrial, rememberTrial, rememberWay } from './preference.ts';
import { deviceOf, quickest, rivalsOf } from './quickest.ts';
import type { Settings } from './settings.ts';
import type { PanelAction, Problem } from './state.ts';
import { nameOf, timeRival } from './trial.ts';
import { wayOf, type Way, type WayId } from './ways.ts';
import { LOST_AGAIN, NO_WEIGHTS, RECOVERED } from './words.ts';

export interface Picture {
  /** What it is, in words. */
  readonly name: string;
  readonly load: () => Promise<Blob>;
}

export interface Session {
  /** Tells what is chosen before anything is asked: by the address, or on an earlier visit. */
  begin(): void;
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
  /** Computes in another way from now on, what is shown first; null leaves the choice to the page. */
  compute(way: WayId | null): void;
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

/** A first answer waits so long for the check of the device; after that it is shown unchecked. */
const CHECK_MS = 100;
/** After so long without a byte the visitor is told. */
const QUIET_MS = 5000;

export function createSession({ base, shipped, dispatch: report }: SessionOptions): Session {
  const standard: Weights | null = shipped && { kind: 'shipped', file: shipped };
  let [live, request] = [true, 0];
  let progress: Progress | null = null;
  /** What computes, as far as it is known. */
  let backend: BackendName = 'webgl';
  /** The visitor's or the address's choice; null while the page takes what is quickest. */
  let way: Way | null = firstWay();
  /** A request is on its way, and tells by itself when the GPU is lost; the latest one failed. */
  let [busy, failed] = [false, false];
  /** A GPU that is lost again and again is not asked again and again. */
  let mayRecover = true;
  let weights: Weights | null = standard;
  let picture: Picture | null = null;
  let opening: Opening | null = null;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  /** After the end nobody listens. */
  const dispatch = (action: PanelAction) => {
    if (live) report(action);
  };

  const opener = createOpener({
    base,
    onNotice: (notice) => {
      dispatch({ type: 'noticed', request, notice });
    },
  });

  const choice = () => choiceOf(weights);

  const fail = (which: number, problem: Problem): void => {
    if (which === request) failed = true;
    dispatch({ type: 'failed', request: which, problem, checkpoint: choice() });
  };

  /** Begins to open a classifier that computes in one way, or in the quickest. */
  const begin = (chosen: Weights, asked: Way | null, tell: (told: Progress) => void): Opening => {
    const how = asked ?? {
      backend: (found: Found) => {
        const choice = quickest(found, rememberedTrial(deviceOf(found), nameOf(chosen)));
        made.found = found;
        made.because = choice.because;
        return choice.backend;
      },
      precision: undefined,
    };
    const made = opener.open(chosen, { backend: how.backend, precision: how.precision }, tell);
    made.client.then(
      (client) => {
        void client.classifier.lost().then(() => {
          recover(made);
        });
        void client.classifier.died.then((error) => {
          if (opening !== made || busy) return;
          close(made);
          fail(request, problemOf(error));
        });
      },
      () => undefined,
    );
    return made;
  };

  /** The classifier for the chosen weights and backend, opened once for all requests. */
  const open = (chosen: Weights): Opening =>
    (opening ??= begin(chosen, way, (told) => {
      progress = told;
      tellProgress();
    }));

  const tellProgress = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      dispatch({ type: 'quiet', request });
    }, QUIET_MS);
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
    if (which) end(which);
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

  /** Times what else the device has, once; if something is quicker, it stands open from now on. */
  const giveWay = async (
    chosen: Weights,
    current: Opening,
    { file, info, ms }: { file: Blob; info: ClassifierInfo; ms: number },
  ): Promise<boolean> => {
    const { found } = current;
    if (!found) return false;
    const [device, network] = [deviceOf(found), nameOf(chosen)];
    const { bytes } = chosen.kind === 'local' ? { bytes: chosen.file.size } : chosen.file;
    const trial = rememberedTrial(device, network);
    for (const backend of rivalsOf(info, { found, trial, bytes })) {
      const rival = begin(chosen, wayOf(backend) ?? null, () => undefined);
      const rivalMs = await timeRival(rival, file);
      if (rivalMs !== null)
        rememberTrial(device, network, { [info.backend]: ms, [backend]: rivalMs });
      const { backend: better, because } = quickest(found, rememberedTrial(device, network));
      if (better !== backend || opening !== current || !live) {
        end(rival);
        continue;
      }
      end(current);
      opening = rival;
      rival.found = found;
      rival.because = because;
      return true;
    }
    return false;
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
      fail(mine, NO_WEIGHTS);
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
        dispatch({ type: 'obtained', request: mine, notKept: opener.notKept });
        if (opener.notKept === null) keepPage();
      }
      const { info } = client.classifier;
      backend = info.backend;
      const { parity, because } = current;
      dispatch({ type: 'opened', request: mine, info, parity, because });
      const result = file && (await client.classify(file));
      const check = checked(current, client);
      // The first answer is not shown before the device is known to be right, if that is soon.
      if (result) await Promise.race([check, pause(CHECK_MS)]);
      if (!isLatest()) return;
      if (current.parity) dispatch({ type: 'checked', request: mine, parity: current.parity });
      if (result) dispatch({ type: 'classified', request: mine, result });
      dispatch({ type: 'checked', request: mine, parity: await check });
      if (!isLatest() || !result) return;
      const timing = await client.classifier.measure();
      if (!isLatest()) return;
      if (timing && way === null && !recovering) {
        if (await giveWay(chosen, current, { file, info, ms: timing.medianMs })) {
          if (isLatest()) await run();
          return;
        }
        if (!isLatest()) return;
      }
      dispatch({ type: 'timed', request: mine, timing });
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
    if (next !== weights) opener.forget();
    weights = next;
  };

  return {
    begin: () => {
      if (way) dispatch({ type: 'way', request, way: way.id, backend: way.backend });
    },
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
      rememberWay(id);
      way = id === null ? null : (wayOf(id) ?? null);
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
        .then(({ classifier }) => classifier.measureLayers())
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
      clearTimeout(quiet);
      close(opening);
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
