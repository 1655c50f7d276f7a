/** The page's effects: one recount after another on a thread that is started when first asked. */
import type { Recounter } from '../../recount/browser/client.ts';
import type { Given } from '../../recount/browser/given.ts';
import type { RunOrder } from '../../recount/browser/run.ts';
import type { Slot } from '../../recount/browser/service.ts';
import { models } from '../../zoo/models.ts';
import { messageOf } from '../messageOf.ts';
import { saveBlob } from '../saveBlob.ts';
import { classNames, openWith } from './bring.ts';
import {
  NO_WEIGHTS,
  OWN_FILE,
  preparationOf,
  type Choice,
  type OwnProtocol,
  type ProtocolOption,
  type WeightsOption,
} from './choices.ts';
import { permit } from './picking.ts';
import type { RecountAction } from './state.ts';

/** Everything that decides what is counted. */
export interface Wanted {
  readonly given: Given;
  readonly truth: readonly File[];
  readonly first: Choice;
  readonly second: Choice;
  readonly protocol: string;
  readonly own: OwnProtocol;
}

export interface RecountSession {
  /** Counts what is wanted from now on; what was counted of it before counts again. */
  run(wanted: Wanted): void;
  /**
   * Goes on after a pause, a failure or a reload: asks first for permission to read a folder. Must be
   * called while a click is handled.
   */
  goOn(wanted: Wanted): void;
  pause(): void;
  /** Forgets what was counted of the current pictures, and begins again. */
  anew(): void;
  /** Shows a certificate, beside the one that is shown already. */
  take(file: File): void;
  /** Lets the browser save the certificate. */
  save(slot: Slot, predictions: boolean): void;
  /** A picture that was counted, while it can still be read. */
  picture(path: string): Promise<Blob | null>;
  dispose(): void;
}

interface Options {
  readonly base: string;
  readonly siteVersion: string;
  readonly weights: readonly WeightsOption[];
  readonly protocols: readonly ProtocolOption[];
  readonly dispatch: (action: RecountAction) => void;
}

const KNOWN = models.map(({ id, design }) => ({ id, design }));
/** Diagrams are drawn anew so often while pictures are counted. */
const DRAW_EVERY_MS = 4000;

/** Keeps how a folder is counted; a checkpoint of the visitor's own is too large to keep with it. */
async function keepHow(wanted: Wanted, key: string): Promise<void> {
  const { given: folder, truth, first, second, protocol, own } = wanted;
  if (!('kind' in folder) || [first, second].some(({ weights }) => weights === OWN_FILE)) return;
  const { keepWay } = await import('./ways.ts');
  await keepWay({ key, folder, truth, first, second, protocol, own, at: Date.now() });
}

export function createRecount(options: Options): RecountSession {
  const { base, siteVersion, weights, protocols, dispatch: report } = options;
  let started: Promise<Recounter> | null = null;
  let controller = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let listed: Pick<Wanted, 'given' | 'truth'> | null = null;
  let current: Wanted | null = null;
  let key = '';
  const over = new AbortController();

  const dispatch = (action: RecountAction) => {
    if (!over.signal.aborted) report(action);
  };

  const start = (): Promise<Recounter> => {
    started ??= import('../../recount/browser/client.ts').then(({ startRecounter }) => {
      const recounter = startRecounter();
      void recounter.died.then(({ message }) => {
        [started, listed] = [null, null];
        dispatch({ type: 'failed', message });
      });
      return recounter;
    });
    started.catch(() => {
      started = null;
    });
    return started;
  };

  /** One thing at a time; what is under way is paused first. */
  const next = (work: (signal: AbortSignal) => Promise<void>): void => {
    controller.abort();
    const { signal } = (controller = new AbortController());
    const isOver = () => signal.aborted;
    void started?.then(({ api }) => api.pause()).catch(() => undefined);
    last = last.then(async () => {
      if (isOver()) return;
      try {
        await work(signal);
      } catch (error) {
        if (!isOver()) dispatch({ type: 'failed', message: messageOf(error) });
      }
      await tellKept();
    });
  };

  const tellKept = async (): Promise<void> => {
    const [{ listRuns }, { listWays }] = await Promise.all([
      import('../../recount/browser/keep.ts'),
      import('./ways.ts'),
    ]);
    dispatch({ type: 'kept', runs: await listRuns(), ways: await listWays() });
  };

  const draw = async ({ api }: Recounter, slot: Slot): Promise<void> => {
    dispatch({ type: 'drawn', slot, figures: await api.figures(slot) });
  };

  /** True when all is counted, false when it was paused. */
  const countIn = async (
    slot: Slot,
    choice: Choice,
    wanted: Wanted,
    recounter: Recounter,
    signal: AbortSignal,
  ): Promise<boolean> => {
    const option = weights.find(({ id }) => id === choice.weights);
    const name = option?.id ?? choice.file?.name ?? '';
    const published = option?.published ?? [];
    dispatch({ type: 'chosen', slot, name, published });
    const { api } = recounter;
    const order: Omit<RunOrder, 'weights'> = {
      known: KNOWN,
      meaning: option?.meaning ?? null,
      // As on the pages of the models.
      backend: new URLSearchParams(location.search).get('backend'),
      ...preparationOf(wanted.protocol, wanted.own, protocols),
      published,
      labels: new URL(`${base}api/labels/`, location.href).href,
      siteVersion,
    };
    const onDoing = (doing: string) => {
      dispatch({ type: 'doing', doing });
    };
    const onNotice = (notice: string) => {
      dispatch({ type: 'noticed', slot, notice });
    };
    const info = await openWith(
      { choice, option, base, signal, onDoing, onNotice },
      async (brought) => {
        onDoing(`Preparing ${name}.`);
        return api.open(slot, { ...order, weights: { name, ...brought } });
      },
    );
    signal.throwIfAborted();
    if (slot === 'first') key = info.key;
    await keepHow(wanted, info.key);
    dispatch({ type: 'opened', slot, info });
    dispatch({ type: 'doing', doing: `Counting with ${name}.` });
    const drawing = setInterval(() => void draw(recounter, slot), DRAW_EVERY_MS);
    try {
      return await api.count(slot, (progress) => {
        if (!signal.aborted) dispatch({ type: 'progressed', slot, progress });
      });
    } finally {
      clearInterval(drawing);
      await draw(recounter, slot);
    }
  };

  const run = async (wanted: Wanted, signal: AbortSignal): Promise<void> => {
    const { given, truth, first, second } = wanted;
    if (first.weights === NO_WEIGHTS || (first.weights === OWN_FILE && !first.file))
      throw new Error('No weights are chosen yet: choose some, or open a checkpoint of your own.');
    dispatch({ type: 'began', doing: 'Looking at what was chosen.' });
    const recounter = await start();
    const { api } = recounter;
    if (listed?.given !== given || listed.truth !== truth) {
      dispatch({ type: 'listed', name: await api.give(given, truth) });
      listed = { given, truth };
    }
    signal.throwIfAborted();
    let whole = await countIn('first', first, wanted, recounter, signal);
    const pairs = second.weights !== NO_WEIGHTS && (second.weights !== OWN_FILE || second.file);
    if (whole && pairs) {
      whole = await countIn('second', second, wanted, recounter, signal);
      dispatch({ type: 'compared', comparison: await api.compare() });
    } else if (!pairs) {
      await api.empty('second');
      dispatch({ type: 'emptied', slot: 'second' });
    }
    if (whole) dispatch({ type: 'ended', phase: 'done', doing: 'All pictures are counted.' });
  };

  const take = async (file: File): Promise<void> => {
    const { api } = await start();
    const slot = held === 'first' ? 'second' : 'first';
    const certificate = await api.take(slot, file);
    const option = weights.find(({ sha256 }) => sha256 === certificate.checkpoint.sha256);
    const published = option?.published ?? [];
    const classes = await classNames(option, certificate.checkpoint.classes, base);
    const found = await api.report(slot, published);
    dispatch({ type: 'certified', slot, certificate, classes, report: found, published });
    if (slot === 'first') dispatch({ type: 'emptied', slot: 'second' });
    dispatch({ type: 'drawn', slot, figures: await api.figures(slot) });
    held = slot;
    if (slot === 'second') dispatch({ type: 'compared', comparison: await api.compare() });
    dispatch({
      type: 'ended',
      phase: 'done',
      doing: `${file.name} is shown${slot === 'second' ? ' beside the other' : ''}.`,
    });
  };
  /** The slot that the last certificate or recount is in. */
  let held: Slot | null = null;

  void tellKept();

  const begin = (wanted: Wanted, permitted: Promise<void> | null = null): void => {
    // It is heard when its turn comes.
    permitted?.catch(() => undefined);
    current = wanted;
    held = 'first';
    next(async (signal) => {
      await permitted;
      await run(wanted, signal);
    });
  };

  return {
    run: begin,
    goOn: (wanted) => {
      begin(wanted, 'kind' in wanted.given ? permit(wanted.given) : null);
    },
    pause: () => {
      controller.abort();
      void started?.then(({ api }) => api.pause());
      last = last.then(() => {
        dispatch({ type: 'ended', phase: 'paused', doing: 'Paused. What was counted is kept.' });
      });
    },
    anew: () => {
      const wanted = current;
      if (!wanted) return;
      next(async (signal) => {
        const { api } = await start();
        await api.forget(key);
        await run(wanted, signal);
      });
    },
    take: (file) => {
      next(() => take(file));
    },
    save: (slot, predictions) => {
      void start()
        .then(({ api }) => api.certificate(slot, predictions))
        .then((certificate) => {
          if (!certificate) return;
          const text = `${JSON.stringify(certificate, null, predictions ? undefined : 2)}\n`;
          saveBlob(
            new Blob([text], { type: 'application/json' }),
            `recount.${certificate.checkpoint.name.replace(/\.[^.]{1,12}$/, '')}.json`,
          );
        })
        .catch((error: unknown) => {
          dispatch({ type: 'failed', message: messageOf(error) });
        });
    },
    picture: async (path) => {
      const recounter = await started;
      return (await recounter?.api.picture(path).catch(() => null)) ?? null;
    },
    dispose: () => {
      over.abort();
      controller.abort();
      void started?.then(({ stop }) => {
        stop();
      });
    },
  };
}
