/** Opening the classifier for the chosen weights, with what must be known of it while it stands. */
import type { ClassifierClient, OpenOptions } from '../../engine/client.ts';
import type { Parity } from '../../engine/types.ts';
import type { Progress } from '../../engine/weights/index.ts';
import { meaningFor, type Weights } from './chosen.ts';
import { loadCode, loadEngine } from './load.ts';
import { startOffline } from './offline.ts';
import type { OfficialWeights } from './official.ts';
import { labelSetUrl } from './settings.ts';

/** What a classifier was or is being opened with; compared by identity. */
export interface Opening {
  readonly client: Promise<ClassifierClient>;
  readonly controller: AbortController;
  /** The comparison of this device, made once a client. */
  check: Promise<Parity | 'none'> | null;
  parity: Parity | 'none' | null;
  /** Why the page chose this way to compute, in a sentence; null where there is nothing to say. */
  because: string | null;
}

export interface Opener {
  /** Begins to open a classifier. */
  open(
    weights: Weights,
    how: Pick<OpenOptions, 'backend' | 'precision'>,
    onProgress: (told: Progress) => void,
  ): Opening;
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

  const keeperOf = (file: OfficialWeights, transport: Parameters<typeof obtainFrom>[1]) => ({
    bring: async () => {
      if (unkept?.id === file.id) return { blob: unkept.blob, sha256: null };
      const { blob, sha256, notKept: why } = await obtainFrom(file, transport);
      unkept = why === null ? null : { id: file.id, blob, why };
      return { blob, sha256 };
    },
    discard: async () => {
      const { deleteKept } = await loadStore();
      await deleteKept(file.id);
      onNotice(ALTERED);
    },
  });

  return {
    open: (chosen, how, tell) => {
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = (told: Progress) => {
        if (!signal.aborted) tell(told);
      };
      // Before the engine, so that its code is kept as well.
      const ready = chosen.kind === 'official' ? startOffline(base) : Promise.resolve();
      const client = ready.then(loadEngine).then(({ openClassifier, models }) =>
        openClassifier(
          chosen.kind === 'official' ? keeperOf(chosen.file, { signal, onProgress }) : chosen.file,
          {
            ...how,
            goldenUrl: chosen.kind === 'shipped' ? chosen.file.goldenUrl : undefined,
            known: models.map(({ id, design }) => ({ id, design })),
            ...meaningFor(chosen),
            labelsUrl: (set) => labelSetUrl(set, base),
            signal,
            onProgress: (received) => {
              if (chosen.kind === 'shipped')
                onProgress({ received, total: chosen.file.bytes, secondsLeft: null });
            },
          },
        ),
      );
      return { client, controller, check: null, parity: null, because: null };
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
      opened.dispose();
    },
    () => undefined,
  );
}

/** Compares this device with numbers that are known to be right, and remembers the outcome. */
export async function checked(which: Opening, client: ClassifierClient): Promise<Parity | 'none'> {
  which.check ??= client.check().then((parity) => parity ?? 'none');
  which.parity = await which.check;
  return which.parity;
}

async function obtainFrom(
  file: OfficialWeights,
  options: { readonly signal: AbortSignal; readonly onProgress: (told: Progress) => void },
) {
  const { obtainWeights } = await loadStore();
  return obtainWeights(file, options);
}

const loadStore = () => loadCode(import('../../engine/weights/index.ts'));

const ALTERED =
  'What was kept of these weights on this device had been cut or altered; they were fetched anew.';
