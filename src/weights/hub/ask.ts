/** Requests for a file of somebody's choosing on the hub, and for parts of it. */
import { EngineError } from '../../threads/errors.ts';
import { hostOf } from '../request.ts';
import { watch } from '../watch.ts';

/** Bytes from `from` up to, not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The server gives files only as a whole. */
export class WholeOnly extends Error {}

/** A line on which nothing comes for so long counts as broken. */
const STALL_MS = 30_000;
/** A part that breaks off is asked for again. */
const TRIES = 3;

/**
 * A good answer. What a status means depends on what was asked for, so the caller says it for the
 * common refusals; the rest, and a line that is dead, have sentences here.
 */
export async function ask(
  url: string,
  signal: AbortSignal,
  refused: (status: number, answer: Response) => string | null,
  range?: Range,
): Promise<Response> {
  const host = hostOf(url);
  // A single range with a beginning and an end needs no preflight.
  const headers = range ? { Range: `bytes=${range.from}-${range.to - 1}` } : {};
  let response: Response;
  try {
    response = await fetch(url, { signal, cache: 'no-store', headers });
  } catch (cause) {
    signal.throwIfAborted();
    const offline = (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
    throw new EngineError(
      'download',
      offline
        ? `You are offline, so ${host} cannot be reached. Connect and try again, or open a file that you have.`
        : `${host} was not reached. Check the connection and try again.`,
      { cause },
    );
  }
  if (response.ok) return response;
  await response.body?.cancel();
  const { status } = response;
  throw new EngineError(
    'download',
    refused(status, response) ??
      (status === 429
        ? `${host} asks for a pause (429): too many requests from your network. Try again in some minutes.`
        : `${host} has trouble of its own (${status}). Try again later.`),
  );
}

/** A part of a file. Throws WholeOnly where the server sends all of it. */
export async function readRange(
  url: string,
  range: Range,
  { signal, refused, onBytes }: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let tries = 1; ; tries++) {
    const line = watch(signal, STALL_MS);
    try {
      const response = await ask(url, line.signal, refused, range);
      if (response.status !== 206) {
        await response.body?.cancel();
        throw new WholeOnly();
      }
      return await collect(response, range.to - range.from, (bytes) => {
        line.alive();
        onBytes?.(bytes);
      });
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof WholeOnly || cause instanceof EngineError) throw cause;
      if (tries < TRIES) continue;
      throw new EngineError(
        'download',
        `The connection to ${hostOf(url)} broke off, time and again. Check it and try again.`,
        { cause },
      );
    } finally {
      line.end();
    }
  }
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly refused: (status: number, answer: Response) => string | null;
  /** Told of every piece that arrives. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** The body of an answer, which must be as long as what was asked for. */
async function collect(
  response: Response,
  length: number,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  const reader = response.body?.getReader();
  let at = 0;
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) break;
      if (at + piece.value.length > length) throw new Error('More came than was asked for.');
      bytes.set(piece.value, at);
      at += piece.value.length;
      onBytes(piece.value.length);
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
  if (at < length) throw new Error('Less came than was asked for.');
  return bytes;
}
