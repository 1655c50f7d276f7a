/** A checkpoint from any address, in memory. */
import { EngineError } from '../threads/errors.ts';
import { MemoryFile } from '../weights/partial.ts';
import { transfer } from '../weights/transfer.ts';
import type { ArrivalOptions } from './arrival.ts';
import { inPage } from './place.ts';

/** No file that a RegNetX is read from is longer; nobody tells before how long this one is. */
const MOST_BYTES = 2_000_000_000;

/** Rejects with an EngineError (`download`) when it does not arrive whole, or with the signal's reason. */
export async function fromUrl(
  url: string | URL,
  sha256: string | undefined,
  { signal, onProgress }: ArrivalOptions,
): Promise<Blob> {
  const address = addressOf(url);
  const memory = new MemoryFile();
  const file = { id: address, url: address, bytes: MOST_BYTES / 2 };
  await transfer(file, { sha256: sha256 ?? '', bytes: null }, memory, { signal, onProgress });
  return memory.blob();
}

/** Relative to the page; Node has none. */
function addressOf(url: string | URL): string {
  const base = inPage() ? document.baseURI : (globalThis as { location?: Location }).location?.href;
  try {
    return new URL(url, base).href;
  } catch (cause) {
    throw new EngineError(
      'download',
      `${String(url)} is no address: write it with https:// and host.`,
      { cause },
    );
  }
}
