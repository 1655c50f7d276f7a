/** What lies beside weights: the names of their classes, and numbers to compare a device with. */
import type { Golden } from '../checkpoints/description.ts';
import { EngineError } from '../threads/errors.ts';
import { fetchJson, fetchWhole } from './download.ts';

/**
 * The names of a set of classes, a JSON array at an address. Rejects with an EngineError (`download`)
 * when they do not arrive, or with the signal's reason.
 */
export async function fetchLabels(url: string, signal?: AbortSignal): Promise<readonly string[]> {
  const names = await fetchJson(url, 'The class names', { signal });
  if (Array.isArray(names) && names.every((name): name is string => typeof name === 'string'))
    return names;
  throw new EngineError(
    'download',
    'The class names could not be read: what arrived is not the file. Try again, or reload the page.',
  );
}

/** PyTorch's numbers and their picture; null when they cannot be had, which is no reason to stop. */
export async function fetchGolden(url: string, signal?: AbortSignal): Promise<Golden | null> {
  try {
    const stored = (await fetchJson(url, 'The stored numbers', { signal })) as StoredGolden;
    const pictureUrl = new URL(stored.picture, new URL(url, location.href)).href;
    return { ...stored, picture: await fetchWhole(pictureUrl, 'The stored picture', { signal }) };
  } catch {
    return null;
  }
}

/** As in public/golden/; `picture` is a file beside it. */
type StoredGolden = Omit<Golden, 'picture'> & { readonly picture: string };
