import { EngineError } from './errors.ts';

/** A file of known size and hash. */
export interface RemoteFile {
  readonly url: string;
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Told after every piece how many bytes have arrived. */
  readonly onProgress?: (received: number) => void;
}

/** Addresses whose last download was not what it should be: the browser's cache is not asked again. */
const suspects = new Set<string>();

/**
 * Downloads a file and checks its length and, where the browser offers it (secure origins), its
 * hash. Throws an EngineError with code `download` when it does not arrive whole; the next call
 * starts anew. An abort rejects with the signal's reason.
 */
export async function download(
  file: RemoteFile,
  { signal, onProgress }: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { url } = file;
  const cache = suspects.delete(url) ? 'reload' : 'default';
  const response = await fetchChecked(url, 'The weights', { cache, signal: signal ?? null });
  const bytes = new Uint8Array(file.bytes);
  let received = 0;
  try {
    for await (const piece of piecesOf(response)) {
      // A file that is too long is wrong; its rest is not worth waiting for.
      if (received + piece.length > bytes.length) throw new WrongFile();
      bytes.set(piece, received);
      received += piece.length;
      onProgress?.(received);
    }
    if (received === bytes.length && !(await hasHash(bytes, file.sha256))) throw new WrongFile();
  } catch (cause) {
    signal?.throwIfAborted();
    suspects.add(url);
    if (cause instanceof WrongFile)
      throw new EngineError(
        'download',
        'The weights that arrived are not the ones that this page describes. Try again, or reload the page.',
      );
    throw interrupted(received, bytes.length, cause);
  }
  if (received === bytes.length) return bytes;
  suspects.add(url);
  throw interrupted(received, bytes.length);
}

/**
 * `fetch` whose failures are sentences: an EngineError with code `download` that begins with `what`.
 * An abort rejects with the signal's reason.
 */
export async function fetchChecked(
  url: string,
  what: string,
  init: RequestInit = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    init.signal?.throwIfAborted();
    throw new EngineError(
      'download',
      `${what} could not be loaded: the server was not reached. Check the connection and try again.`,
      { cause },
    );
  }
  if (response.ok) return response;
  throw new EngineError(
    'download',
    `${what} could not be loaded: the server answered ${response.status}. Try again later.`,
  );
}

class WrongFile extends Error {}

function interrupted(received: number, total: number, cause?: unknown): EngineError {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return new EngineError(
    'download',
    `The download of the weights broke off after ${megabytes(received)} of ${megabytes(total)} MB. ` +
      'Check the connection and try again.',
    { cause },
  );
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** True as well where the browser has no `crypto.subtle`: plain http on another machine. */
async function hasHash(bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean> {
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!subtle) return true;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}
