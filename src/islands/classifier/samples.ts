import list from '../../../content/samples.json' with { type: 'json' };
import type { Picture } from './events.ts';

/** A photograph of public/samples/ that anybody may use. */
export interface Sample {
  /** Its name in `?image=` and `data-sample`. */
  readonly name: string;
  readonly file: string;
  /** What it shows, in words. */
  readonly description: string;
  readonly author: string;
  readonly source: string;
  readonly licence: string;
  /** Lists of classes of which one is what the picture shows, and whose networks see it. */
  readonly known: readonly string[];
}

export const samples: readonly Sample[] = list;

/**
 * The samples for a network with these class names: those that it knows first, and of them those that
 * few others know. As they are listed for a network of unknown classes.
 */
export function samplesFor(labels: string | null): readonly Sample[] {
  if (labels === null) return samples;
  const rank = ({ known }: Sample) => (known.includes(labels) ? known.length : Infinity);
  return samples.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

/** The address of a sample's file under the site's base path (ending in a slash). */
export function sampleUrl(base: string, { file }: Sample): string {
  return `${base}samples/${file}`;
}

/** The side in pixels of the small picture of a sample, which its button shows. */
export const SMALL_SIDE = 224;

/** The address of that picture (src/pages/samples/). */
export const smallUrl = (base: string, { name }: Sample): string =>
  `${base}samples/${name}-small.jpg`;

/** A sample as something to classify. */
export function samplePicture(base: string, sample: Sample): Picture {
  return { name: sample.description, load: () => fetchSample(sampleUrl(base, sample)) };
}

/** A sample that takes longer will not come. */
const PATIENCE_MS = 20_000;

async function fetchSample(url: string): Promise<Blob> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(url, { signal }).catch(() => null);
  const blob = response?.ok === true ? await response.blob().catch(() => null) : null;
  if (blob) return blob;
  const message = 'The sample picture could not be loaded. Check the connection and try again.';
  throw Object.assign(new Error(message), { code: 'picture' });
}
