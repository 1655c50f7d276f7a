/** A file from a hub, piece by piece: resumed where it stopped, checked by its hash. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { EngineError } from '../errors.ts';
import type { HubFile, Identity } from './hub.ts';
import { createMeter } from './meter.ts';
import type { PartialFile } from './partial.ts';
import { hostOf, request, Unreachable } from './request.ts';
import { watch, type Watch } from './watch.ts';

export interface Progress {
  readonly received: number;
  /** As exact as is known. */
  readonly total: number;
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null;
}

export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** A line on which nothing comes for so long counts as broken. */
  readonly stallMs?: number;
  /** The first pause before going on after a break; doubles with every vain try. */
  readonly pauseMs?: number;
}

const STALL_MS = 30_000;
const PAUSE_MS = 1000;
/** Tries in a row that bring nothing before the visitor is asked. */
const VAIN_TRIES = 3;
/** A file of unknown length may have so many times the published size; more fills the disk in vain. */
const MOST_TIMES_PUBLISHED = 2;

/**
 * Brings a partial file to its whole length and checks it. When it was begun earlier and turns out
 * wrong (the file was changed meanwhile, or the disk lost some), it is fetched once more from the
 * start. Throws an EngineError (`download`): what arrived stays for the next try if it can still be
 * right, and is cleared if not. An abort rejects with the signal's reason and keeps what arrived.
 */
export async function transfer(
  file: HubFile,
  identity: Identity,
  partial: PartialFile,
  options: TransferOptions,
): Promise<void> {
  const begunEarlier = partial.length > 0;
  let verdict = await fill(file, identity, partial, options);
  if (verdict !== 'right' && begunEarlier) {
    partial.clear();
    verdict = await fill(file, identity, partial, options);
  }
  if (verdict === 'right') return;
  const length = partial.length;
  partial.clear();
  throw new EngineError('download', wrong(file, identity, verdict, length));
}

type Verdict = 'right' | 'wrong-hash' | 'too-long' | 'too-short';

async function fill(
  file: HubFile,
  { sha256: expected, bytes }: Identity,
  partial: PartialFile,
  { signal, onProgress, stallMs = STALL_MS, pauseMs = PAUSE_MS }: TransferOptions,
): Promise<Verdict> {
  let hash = sha256.create();
  const limit = bytes ?? MOST_TIMES_PUBLISHED * file.bytes;
  for await (const piece of partial.pieces()) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  const meter = createMeter();
  const restart = () => {
    partial.clear();
    hash = sha256.create();
  };
  let vain = 0;
  while (partial.length !== bytes) {
    const before = partial.length;
    const line = watch(signal, stallMs);
    try {
      const response = await request(file.url, { signal: line.signal, offset: before });
      // Nothing lies beyond what is there: it is whole, or never will be.
      if (response.status === 416) return finish();
      if (before > 0 && !continues(response, before)) restart();
      const announced = lengthOf(response);
      const total = bytes ?? (announced === null ? file.bytes : partial.length + announced);
      onProgress?.(meter(partial.length, total));
      let arrived = 0;
      for await (const piece of piecesOf(response, line)) {
        if (partial.length + piece.length > limit) return 'too-long';
        await partial.append(piece);
        hash.update(piece);
        arrived += piece.length;
        onProgress?.(meter(partial.length, total));
      }
      const whole = arrived >= (announced ?? 0);
      if (bytes === null && whole) return finish();
      if (bytes !== null && partial.length < bytes && arrived === announced) return 'too-short';
    } catch (error) {
      signal.throwIfAborted();
      const broken = error instanceof BrokenLine || error instanceof Unreachable || line.stalled;
      const first = partial.length === 0 && error instanceof Unreachable;
      if (!broken || first) throw error;
    } finally {
      line.end();
    }
    if (partial.length === bytes) break;
    vain = partial.length > before ? 0 : vain + 1;
    if (vain >= VAIN_TRIES) throw brokenOff(file, partial, bytes ?? file.bytes);
    await pause(pauseMs * 2 ** vain, signal);
  }
  return finish();

  function finish(): Verdict {
    return bytesToHex(hash.digest()).startsWith(expected) ? 'right' : 'wrong-hash';
  }
}

/** Whether the answer goes on at `offset`; a server that ignores ranges sends all with status 200. */
function continues(response: Response, offset: number): boolean {
  if (response.status !== 206) return false;
  // Other hosts seldom let a page read this header; the hash decides in the end.
  const range = response.headers.get('Content-Range');
  return range === null || range.startsWith(`bytes ${offset}-`);
}

function lengthOf(response: Response): number | null {
  const length = response.headers.get('Content-Length');
  return length === null ? null : Number(length);
}

/** The connection ended in the middle. */
class BrokenLine extends Error {}

async function* piecesOf(response: Response, line: Watch): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new BrokenLine('The connection broke off.', { cause });
      });
      if (done) return;
      line.alive();
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    }
  });
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

function brokenOff({ url }: HubFile, partial: PartialFile, total: number): EngineError {
  const { length, lasting } = partial;
  return new EngineError(
    'download',
    `The connection to ${hostOf(url)} broke off after ${megabytes(length)} of ${megabytes(total)} MB, ` +
      `time and again. Check it and try again${lasting ? '; what has arrived is kept' : ''}.`,
  );
}

function wrong({ url, bytes }: HubFile, identity: Identity, verdict: Verdict, had: number): string {
  const right = megabytes(identity.bytes ?? bytes);
  const reasons: Readonly<Record<Verdict, string>> = {
    right: '',
    'wrong-hash': 'its SHA-256 is another',
    'too-long': `it is longer than ${right} MB`,
    'too-short': `it has ${megabytes(had)} instead of ${right} MB`,
  };
  return (
    `What ${hostOf(url)} sent is not the published file: ${reasons[verdict]}. It was thrown away. ` +
    'Try again; if it happens again, the file was changed there, and this site has to learn about it.'
  );
}
