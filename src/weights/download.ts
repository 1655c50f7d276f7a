import { hasHash } from '../threads/hash.ts';
import { EngineError } from '../threads/errors.ts';
import { beginsAsWebPage, isWebPage, webPageError } from './web-page.ts';
import { megabytes } from './meter.ts';
import { STALL_MS, watch, type Watch } from './watch.ts';

/** A file of known size and hash. */
export interface RemoteFile {
  readonly url: string;
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after every piece how many bytes have arrived. */
  readonly onProgress?: (received: number) => void;
  /** A line on which nothing comes for so long counts as broken. */
  readonly stallMs?: number;
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
  options: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { url } = file;
  const cache = suspects.delete(url) ? 'reload' : 'default';
  const bytes = new Uint8Array(file.bytes);
  let received = 0;
  try {
    await receive(url, 'The weights', { ...options, cache }, (piece) => {
      // A file that is too long is wrong; its rest is not worth waiting for.
      if (received + piece.length > bytes.length) throw new WrongFile();
      bytes.set(piece, received);
      received += piece.length;
      options.onProgress?.(received);
    });
    if (received < bytes.length) throw new Interrupted();
    if (!(await hasHash(bytes, file.sha256))) throw new WrongFile();
    return bytes;
  } catch (error) {
    suspects.add(url);
    if (error instanceof WrongFile)
      throw new EngineError(
        'download',
        'The weights that arrived are not the ones that this page describes. Try again, or reload the page.',
      );
    if (error instanceof Interrupted) throw interrupted(received, bytes.length, error);
    throw error;
  }
}

/**
 * A small file whole, such as class names; failures are sentences: an EngineError with code
 * `download` that begins with `what`. An abort rejects with the signal's reason.
 */
export async function fetchWhole(
  url: string,
  what: string,
  options: Omit<DownloadOptions, 'onProgress'> = {},
): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  try {
    await receive(url, what, options, (piece) => {
      pieces.push(piece);
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new EngineError(
      'download',
      `${what} could not be loaded: the connection broke off. Check it and try again.`,
      { cause: error },
    );
  }
  return new Blob(pieces);
}

/** A JSON file, as `fetchWhole`; what is no JSON is told as what did not arrive. */
export async function fetchJson(
  url: string,
  what: string,
  options: Omit<DownloadOptions, 'onProgress'> = {},
): Promise<unknown> {
  const text = await (await fetchWhole(url, what, options)).text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EngineError(
      'download',
      `${what} could not be read: what arrived is not the file. Try again, or reload the page.`,
      { cause },
    );
  }
}

class WrongFile extends Error {}

/** The line broke, or nothing came any more. */
class Interrupted extends Error {}

/**
 * Hands on what an address gives, piece by piece. Throws an EngineError (`download`) when it gives
 * nothing of use, Interrupted when it stops giving.
 */
async function receive(
  url: string,
  what: string,
  { signal, stallMs = STALL_MS, cache = 'default' }: DownloadOptions & { cache?: RequestCache },
  take: (piece: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const line = watch(signal ?? new AbortController().signal, stallMs);
  try {
    const response = await answerOf(url, what, { line, cache });
    let first = true;
    for await (const piece of piecesOf(response)) {
      line.alive();
      if (first && beginsAsWebPage(piece)) throw webPageError(what, hostOf(url));
      first = false;
      take(piece);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof EngineError || cause instanceof WrongFile) throw cause;
    throw new Interrupted('The connection broke off.', { cause });
  } finally {
    line.end();
  }
}

async function answerOf(
  url: string,
  what: string,
  { line, cache }: { readonly line: Watch; readonly cache: RequestCache },
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { cache, signal: line.signal });
  } catch (cause) {
    if (line.stalled)
      throw new EngineError(
        'download',
        `${what} could not be loaded: the server did not answer. Try again later.`,
        { cause },
      );
    throw new EngineError(
      'download',
      `${what} could not be loaded: the server was not reached. Check the connection and try again.`,
      { cause },
    );
  }
  const { status } = response;
  if (response.ok) {
    if (isWebPage(response)) throw webPageError(what, hostOf(url));
    return response;
  }
  throw new EngineError(
    'download',
    // A newer deployment of the site may have other files.
    `${what} could not be loaded: the server answered ${status}. ` +
      ([404, 410].includes(status)
        ? 'Reload the page, which may have changed meanwhile, or try again later.'
        : 'Try again later.'),
  );
}

function hostOf(url: string): string {
  return new URL(url, (globalThis as { location?: Location }).location?.href).host;
}

function interrupted(received: number, total: number, cause?: unknown): EngineError {
  return new EngineError(
    'download',
    `The download of the weights broke off after ${megabytes(received)} of ${megabytes(total)} MB. ` +
      'Check the connection and try again.',
    { cause },
  );
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
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
