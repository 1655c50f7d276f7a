/** Opening the classifier for the chosen weights, with what must be known of it while it stands. */
import type { OpenOptions } from '../../engine/client.ts';
import type { Progress } from '../../weights/index.ts';
import { leave } from '../standing.ts';
import type { Client } from './client.ts';
import { meaningFor, type Weights } from './chosen.ts';
import { loadCode, loadEngine, problemOf } from './load.ts';
import { startOffline } from './offline.ts';
import type { OfficialWeights } from './official.ts';
import { labelSetUrl } from './settings.ts';
import { ALTERED } from './words.ts';

/** A classifier that is being opened or stands open. */
export interface Opening {
  readonly client: Promise<Client>;
  readonly controller: AbortController;
}

/** What computes, or who chooses it. */
export type How = Required<Pick<OpenOptions, 'backend'>> & Pick<OpenOptions, 'precision'>;

export interface Opener {
  /** Begins to open a classifier. */
  open(weights: Weights, how: How, onProgress: (told: Progress) => void): Opening;
  /** Why the official weights that were opened last are not kept on the device; null when they are. */
  readonly notKept: string | null;
  /** Lets go of what could not be kept. */
  forget(): void;
}

interface OpenerOptions {
  readonly base: string;
  /** Told in a sentence what was done that nobody asked for. */
  readonly onNotice: (notice: string) => void;
}

export function createOpener({ base, onNotice }: OpenerOptions): Opener {
  /** Official weights that could not be kept: in memory as long as they are chosen. */
  let unkept: { readonly id: string; readonly blob: Blob; readonly why: string } | null = null;

  const bring = async (file: OfficialWeights, transport: Parameters<typeof obtainFrom>[1]) => {
    if (unkept?.id === file.id) return { blob: unkept.blob, sha256: null };
    const { blob, sha256, notKept: why } = await obtainFrom(file, transport);
    unkept = why === null ? null : { id: file.id, blob, why };
    return { blob, sha256 };
  };
  const discard = async (file: OfficialWeights): Promise<void> => {
    const { deleteKept } = await loadStore();
    await deleteKept(file.id);
    onNotice(ALTERED);
  };

  const clientOf = async (
    chosen: Weights,
    how: How,
    { signal, onProgress }: Parameters<typeof obtainFrom>[1],
  ): Promise<Client> => {
    // Before the engine, so that its code is kept as well.
    if (chosen.kind === 'official') await startOffline(base);
    const { openClassifier, download, fetchGolden, fetchLabels, labelled, known } =
      await loadEngine();
    const stored = chosen.kind === 'shipped' ? chosen.file.goldenUrl : undefined;
    // On its way with the weights, so that the first answer need not wait.
    const golden = stored === undefined ? null : fetchGolden(stored, signal);
    const options = { ...how, known, ...meaningFor(chosen), signal };
    const once = () => {
      if (chosen.kind === 'local') return openClassifier(Promise.resolve(chosen.file), options);
      if (chosen.kind === 'official')
        return openClassifier(bring(chosen.file, { signal, onProgress }), options);
      const total = chosen.file.bytes;
      const tell = (received: number) => {
        onProgress({ received, total, secondsLeft: null });
      };
      return openClassifier(download(chosen.file, { signal, onProgress: tell }), options);
    };
    const classifier = await once().catch(async (error: unknown) => {
      if (chosen.kind !== 'official' || problemOf(error).code !== 'altered') throw error;
      await discard(chosen.file);
      return once();
    });
    try {
      const { labels } = classifier.info;
      const names =
        typeof labels === 'string'
          ? await fetchLabels(labelSetUrl(labels, base), signal)
          : (labels ?? []);
      return {
        classifier,
        names,
        classify: async (picture) => {
          const result = await classifier.classify(picture);
          return { ...result, predictions: labelled(result.predictions, names) };
        },
        golden: golden ?? Promise.resolve(null),
      };
    } catch (error) {
      classifier.dispose();
      throw error;
    }
  };

  return {
    open: (chosen, how, tell) => {
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = (told: Progress) => {
        if (!signal.aborted) tell(told);
      };
      return { client: clientOf(chosen, how, { signal, onProgress }), controller };
    },
    get notKept() {
      return unkept?.why ?? null;
    },
    forget: () => {
      unkept = null;
    },
  };
}

/** Ends what is being opened, and frees what was. */
export function end({ client, controller }: Opening): void {
  controller.abort();
  client.then(
    (opened) => {
      leave(opened);
      opened.classifier.dispose();
    },
    () => undefined,
  );
}

async function obtainFrom(
  file: OfficialWeights,
  options: { readonly signal: AbortSignal; readonly onProgress: (told: Progress) => void },
) {
  const { obtainWeights } = await loadStore();
  return obtainWeights(file, options);
}

const loadStore = () => loadCode(import('../../weights/index.ts'));
