import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkpointEntrySchema, type CheckpointEntry } from '../checkpoints/index.ts';
import { ENDINGS } from '../zoo/endings.ts';
import { accuracyIn, citations } from '../zoo/results.ts';
import { pycls, timm, torchvision } from '../zoo/sources.ts';
import { VALIDATION_PICTURES } from '../zoo/verdict.ts';
import { SITE } from './publish.ts';

/** An entry of content/checkpoints/ that somebody else publishes. */
export type PublishedEntry = Extract<CheckpointEntry, { bundled: false }>;

export const FETCHABLE = ['timm', 'torchvision', 'pycls'] as const;
export type Fetchable = (typeof FETCHABLE)[number];

/** The weights that a source recommends for a variant: its newest for ImageNet-1k. */
export async function publishedWeights(
  variant: string,
  source: Fetchable,
): Promise<PublishedEntry | undefined> {
  const suffix = { timm: ENDINGS.pyclsInTimm, torchvision: ENDINGS.v2, pycls: '.pycls' }[source];
  return (await catalogue()).find(
    (entry): entry is PublishedEntry =>
      !entry.bundled &&
      entry.variant === variant &&
      entry.source === source &&
      entry.id.endsWith(suffix),
  );
}

/** The entry of content/checkpoints/ for a file of this SHA-256. */
export async function entryOf(sha256: string): Promise<CheckpointEntry | undefined> {
  return (await catalogue()).find((entry) =>
    entry.sha256 === undefined
      ? !entry.bundled && entry.sha256Prefix !== undefined && sha256.startsWith(entry.sha256Prefix)
      : entry.sha256 === sha256,
  );
}

async function catalogue(): Promise<CheckpointEntry[]> {
  const folder = path.join(SITE, 'content', 'checkpoints');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    names.map(async (name) =>
      checkpointEntrySchema.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8'))),
    ),
  );
}

/**
 * Top-1 and top-5 accuracy in percent that a source publishes for its own weights on ImageNet-1k's
 * 50,000 validation pictures, in the form of a description.
 */
export function publishedAccuracy({ id, variant, source, preprocessing }: PublishedEntry) {
  const origin = { timm, torchvision, pycls }[source as Fetchable];
  const published = (metric: string) =>
    citations(origin, variant, metric).find(
      ({ figure }) =>
        (figure.dataset ?? 'imagenet') === 'imagenet' &&
        (figure.checkpoint === undefined || id.endsWith(figure.checkpoint)),
    );
  const accuracy = (top: 'top1' | 'top5') => {
    const figure = published(`${top}_error`) ?? published(top);
    return figure && accuracyIn(figure);
  };
  const [top1, top5] = [accuracy('top1'), accuracy('top5')];
  if (top1 === undefined || top5 === undefined) return [];
  return [{ resolution: preprocessing.crop, top1, top5, pictures: VALIDATION_PICTURES }];
}
