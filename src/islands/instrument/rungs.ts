/** The networks that the ladder can climb: what ships, and what is kept on this device. */
import type { BundledCheckpoint, CheckpointEntry } from '../../checkpoints/description.ts';
import type { OpenOptions } from '../../engine/client.ts';
import { loadedBytes, networkOf, type Layer } from '../../regnet/index.ts';
import type { Weights } from '../../engine/open.ts';
import { modelOf, models, shortName } from '../../zoo/models.ts';

export interface Rung {
  /** The checkpoint's id. */
  readonly id: string;
  /** The variant's short name, such as `200MF`. */
  readonly variant: string;
  readonly kind: 'demonstration' | 'official';
  readonly labels: string;
  /** The network, at its checkpoint's resolution and with its classes. */
  readonly layers: readonly Layer[];
  /** Bytes that it takes while it is loaded and run, an estimate. */
  readonly bytes: number;
  readonly weights: (signal: AbortSignal) => Promise<Weights>;
  readonly options: Pick<OpenOptions, 'meaning'>;
}

const entries = Object.values(
  import.meta.glob<CheckpointEntry>('../../../content/checkpoints/regnetx_*.json', {
    eager: true,
    import: 'default',
  }),
);

/** Small to large; of one variant the demonstration first. `base` is the site's. */
export async function rungsOf(base: string): Promise<readonly Rung[]> {
  const [{ download }, { listKept, openKept }] = await Promise.all([
    import('../../weights/download.ts'),
    import('../../weights/store.ts'),
  ]);
  const kept = new Map((await listKept()).filter(({ whole }) => whole).map((one) => [one.id, one]));
  const shipped = (entry: BundledCheckpoint): Rung => ({
    ...common(entry),
    kind: 'demonstration',
    weights: (signal) => download({ ...entry, url: base + entry.url }, { signal }),
    options: {},
  });
  const official = (entry: CheckpointEntry, sha256: string): Rung => ({
    ...common(entry),
    kind: 'official',
    weights: async () => {
      const found = await openKept(entry.id, sha256);
      if (found) return found;
      throw new Error('These weights are not kept on this device any more.');
    },
    options: { meaning: { preprocessing: entry.preprocessing, labels: entry.labels } },
  });
  return models.flatMap(({ id }) =>
    entries
      .filter(({ variant }) => variant === id)
      .flatMap((entry): Rung[] => {
        if (entry.bundled) return [shipped(entry)];
        const here = entry.source === 'timm' ? kept.get(entry.id) : undefined;
        return here ? [official(entry, here.sha256)] : [];
      })
      .sort((a, b) => a.kind.localeCompare(b.kind)),
  );
}

type Common = Pick<Rung, 'id' | 'variant' | 'labels' | 'layers' | 'bytes'>;

function common({ id, variant, labels, preprocessing, classes }: CheckpointEntry): Common {
  const model = modelOf(variant);
  const { layers } = networkOf(model.design, preprocessing.crop, classes);
  return { id, variant: shortName(model), labels, layers, bytes: loadedBytes(layers) };
}
