/** A recount on a thread of its own: it goes on while the tab is hidden. */
import { serve } from '../../threads/serve.ts';
import { EngineError } from '../../threads/errors.ts';
import { CheckpointError } from '../../checkpoints/errors.ts';
import { RecountError } from '../errors.ts';
import {
  compareCertificates,
  parseCertificate,
  type Certificate,
  type Comparison,
} from '../certificate.ts';
import type { TextFile } from '../list.ts';
import type { Picture, Source } from '../types.ts';
import { sourceOf, type Given } from './given.ts';
import { forgetRun } from './keep.ts';
import { openNetwork } from './network.ts';
import { figuresOf, reportOf, type Figures, type PublishedFigure, type Report } from './report.ts';
import {
  createRun,
  remembered,
  type Run,
  type RunInfo,
  type RunOrder,
  type RunProgress,
} from './run.ts';
import { calmly } from '../../threads/calmly.ts';

/** Which of two networks. */
export type Slot = 'first' | 'second';

/** What a slot holds: a recount made here, or one that a certificate tells of. */
type Held = Run | { readonly certificate: (predictions: boolean) => Certificate };

const TELL_EVERY_MS = 150;
/** So many disagreements are shown. */
const MOST_SHOWN = 24;

let given: { readonly source: Source; readonly texts: readonly TextFile[] } | null = null;
const held: Record<Slot, Held | null> = { first: null, second: null };

const runIn = (slot: Slot): Run | null => {
  const found = held[slot];
  return found && 'count' in found ? found : null;
};

/** What the visitor can do something about, by its sentence. */
const told = (error: unknown): unknown => {
  if (error instanceof RecountError) return new EngineError('picture', error.message);
  if (error instanceof CheckpointError) return new EngineError('checkpoint', error.message);
  return error;
};

const api = {
  /** What is to be counted from now on, and lists of what it shows. */
  give: async (what: Given, truth: readonly File[]): Promise<string> => {
    const texts = truth.map(async (file) => ({ path: file.name, text: await file.text() }));
    given = { source: sourceOf(what), texts: await Promise.all(texts) };
    return given.source.name;
  },
  /** Opens a network and finds out what is to be counted; what was counted before counts again. */
  open: async (slot: Slot, order: RunOrder): Promise<RunInfo> => {
    if (!given)
      throw new RecountError('No pictures are chosen yet: choose a folder or an archive.');
    await runIn(slot)?.close();
    held[slot] = null;
    const { source, texts } = given;
    const run = await createRun(await openNetwork(order), source, texts, order);
    held[slot] = run;
    return run.info;
  },
  /** Counts until all is counted or `pause` is called; true when all is. */
  count: async (slot: Slot, tell: (progress: RunProgress) => void): Promise<boolean> => {
    const run = runIn(slot);
    if (!run) throw new RecountError('No network is open for these pictures: choose weights.');
    const calm = calmly(tell, TELL_EVERY_MS);
    try {
      return await run.count(calm);
    } finally {
      // What was counted last is told before it is said that all is.
      await calm.settle();
    }
  },
  pause: (): void => {
    runIn('first')?.pause();
    runIn('second')?.pause();
  },
  figures: (slot: Slot): Figures | null => {
    const answers = held[slot] && answersOf(held[slot]);
    return answers ? figuresOf(answers) : null;
  },
  picture: async (path: string): Promise<Blob | null> =>
    (await picturesByPath().get(path)?.read()) ?? null,
  certificate: (slot: Slot, predictions: boolean): Certificate | null =>
    held[slot]?.certificate(predictions) ?? null,
  /** Takes a certificate in place of a recount. */
  take: async (slot: Slot, file: File): Promise<Certificate> => {
    const certificate = parseCertificate(await file.text(), file.name);
    await runIn(slot)?.close();
    held[slot] = { certificate: () => certificate };
    return { ...certificate, predictions: undefined };
  },
  /** What a certificate's own predictions come to. */
  report: (slot: Slot, published: readonly PublishedFigure[]): Report | null => {
    const certificate = held[slot]?.certificate(true);
    if (!certificate?.predictions) return null;
    return reportOf(certificate.predictions, published, certificate.pictures.total);
  },
  /** Both networks on the pictures that both counted; null as long as there are not two. */
  compare: (): Comparison | null => {
    if (!held.first || !held.second) return null;
    const compared = compareCertificates(
      held.first.certificate(true),
      held.second.certificate(true),
    );
    return { ...compared, disagreements: compared.disagreements.slice(0, MOST_SHOWN) };
  },
  empty: async (slot: Slot): Promise<void> => {
    await runIn(slot)?.close();
    held[slot] = null;
  },
  /** Forgets what was counted, in memory and on the device. */
  forget: async (key: string): Promise<void> => {
    if (runIn('first')?.info.key === key) await api.empty('first');
    remembered.delete(key);
    await forgetRun(key);
  },
};

/** The pictures of the recounts that are open. */
function picturesByPath(): ReadonlyMap<string, Picture> {
  const runs = [runIn('first'), runIn('second')].filter((run) => run !== null);
  return new Map(
    runs.flatMap(({ plan }) => plan.tasks.map(({ picture }) => [picture.path, picture] as const)),
  );
}

function answersOf(one: Held) {
  return 'answers' in one ? one.answers : one.certificate(true).predictions;
}

export type RecountApi = typeof api;

serve(api, told);
