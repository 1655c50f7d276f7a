/** What a variant's page says about official weights, made at build time from the catalogue. */
import { formatBytes } from '../../charts/shared/format.ts';
import type { CheckpointEntry } from '../../checkpoints/description.ts';
import type { CheckpointMeaning } from '../../engine/types.ts';
import type { HubFile } from '../../weights/hub-file.ts';
import { float32Bytes, layersOf, loadedBytes, stagesOf, type Design } from '../../regnet/index.ts';
import { HUB } from '../../zoo/hub.ts';
import { ENDINGS } from '../../zoo/endings.ts';

/** ImageNet-1k weights that somebody else publishes and that run in the page. */
export interface OfficialWeights extends HubFile {
  /** What the link is called. */
  readonly label: string;
  /** In words, such as `20.8 MB`, or `≈ 10.8 MB` where it is computed. */
  readonly size: string;
  /** Who trained them. */
  readonly trainer: string;
  readonly licence: string;
  readonly meaning: CheckpointMeaning;
  /** Bytes that the network takes while it is loaded and run, an estimate. */
  readonly memory: number;
}

const TRAINERS: Readonly<Record<string, string>> = {
  [ENDINGS.pyclsInTimm]: 'pycls, the paper’s authors',
  [ENDINGS.v2InTimm]: 'torchvision, newer recipe',
};

/**
 * The one-click weights of a variant: timm's files on the hub, or below `base` in the same layout.
 * `design` is the variant's, for sizes that nobody published.
 */
export function officialWeights(
  entries: readonly CheckpointEntry[],
  design: Design,
  base: string = HUB,
): OfficialWeights[] {
  return entries.flatMap((entry): OfficialWeights[] => {
    if (entry.bundled || entry.source !== 'timm' || entry.gone !== undefined) return [];
    const { id, url, sha256, publishedSize, preprocessing, labels, classes, licence } = entry;
    const layers = layersOf(stagesOf(design), preprocessing.crop, classes);
    const bytes = bytesOfPublished(publishedSize) ?? float32Bytes(layers);
    return [
      {
        id,
        label: id,
        url: url.replace(HUB, base.replace(/\/$/, '')),
        bytes,
        size: (publishedSize ?? `≈ ${formatBytes(bytes)}`).replaceAll(' ', '\u00a0'),
        trainer: TRAINERS[id.slice(id.indexOf('.'))] ?? 'timm',
        licence,
        meaning: { preprocessing, labels },
        memory: loadedBytes(layers, bytes),
        ...(sha256 !== undefined && { sha256 }),
      },
    ];
  });
}

/** The weights that the page's official accuracy is of: the authors', or else the first there are. */
export function authorsOf(weights: readonly OfficialWeights[]): OfficialWeights | undefined {
  return weights.find(({ id }) => id.endsWith(ENDINGS.pyclsInTimm)) ?? weights[0];
}

/** Bytes of a size such as `20.8 MB`. */
function bytesOfPublished(size: string | undefined): number | undefined {
  const megabytes = /^([\d.]+) MB$/.exec(size ?? '')?.[1];
  return megabytes === undefined ? undefined : Math.round(Number(megabytes) * 1e6);
}
