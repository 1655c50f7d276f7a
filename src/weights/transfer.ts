/** A file from a hub, piece by piece: resumed where it stopped, checked by its hash. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { EngineError } from '../threads/errors.ts';
import { beginsAsWebPage, isWebPage, webPageError } from './web-page.ts';
import type { HubFile, Identity } from './hub-file.ts';
import { createMeter, megabytes, type Progress } from './meter.ts';
import type { PartialFile } from './partial.ts';
import { hostOf, request, Unreachable } from './request.ts';
import { STALL_MS, watch, type Watch } from './watch.ts';

export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** A line on which nothing comes for so long counts as broken. */
  readonly stallMs?: number;
  /** The first pause before going on after a break; doubles with every vain try. */
  readonly pauseMs?: number;
}

const PAUSE_MS = 1000;
/** Tries in a row that bring nothing before the visitor is asked. */
const VAIN_TRIES = 3;
/** So often in a row a server that answers, but lets nobody go on, may be a disturbance. */
const REFUSALS = 2;
/** A file of unknown length may have so many times the published size; more fills the disk in vain. */
const MOST_TIMES_PUBLISHED = 2;

/**
 * Brings a partial file to its whole length and checks it. When it was put together from parts and
 * turns out wrong (the file was changed meanwhile, the disk lost some, a server answered with another
 * part), it is fetched once more in one piece; a server that refuses to go on in the middle is asked
 * for the whole. Throws an EngineError (`download`): what arrived stays for the next try if it can
 * still be right, and is cleared if not. An abort rejects with the signal's reason and keeps what
 * arrived.
 */
export async function transfer(
  file: HubFile,
  identity: Identity,
  partial: PartialFile,
  options: TransferOptions,
): Promise<void> {
  let filled = await fill(file, identity, partial, { ...options, mayResume: true });
  if (filled.verdict !== 'right' && filled.resumed) {
    partial.clear();
    filled = await fill(file, identity, partial, { ...options, mayResume: false });
  }
  const { verdict } = filled;
  if (verdict === 'right') return;
  const length = partial.length;
  partial.clear();
  throw new EngineError('download', wrong(file, identity, verdict, length));
}

type Verdict = 'right' | 'wrong-hash' | 'too-long' | 'too-short';

interface FillOptions extends TransferOptions {
  /** Whether what broke off may go on where it stopped; else it begins anew. */
  readonly mayResume: boolean;
}

async function fill(
  file: HubFile,
  { sha256: expected, bytes }: Identity,
  partial: PartialFile,
  { signal, onProgress, stallMs = STALL_MS, pauseMs = PAUSE_MS, mayResume }: FillOptions,
): Promise<{ readonly verdict: Verdict; readonly resumed: boolean }> {
  let hash = sha256.create();
  const limit = bytes ?? MOST_TIMES_PUBLISHED * file.bytes;
  for await (const piece of partial.pieces()) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  const meter = createMeter();
  let resumed = partial.length > 0;
  const restart = () => {
    partial.clear();
    hash = sha256.create();
    resumed = false;
  };
  const isRight = () => bytesToHex(hash.clone().digest()).startsWith(expected);
  const judged = (verdict: Verdict) => ({ verdict, resumed });
  let vain = 0;
  /** The server answers, but not when it is asked to go on. */
  let refusals = 0;
  while (partial.length !== bytes) {
    if (partial.length > 0 && (!mayResume || refusals >= REFUSALS)) restart();
    const before = partial.length;
    const line = watch(signal, stallMs);
    try {
      let response = await request(file.url, { signal: line.signal, offset: before });
      if (isWebPage(response)) throw webPageError('The weights', hostOf(file.url));
      if (before > 0 && !continues(response, before, bytes)) {
        // Of a file whose length nobody told, nothing may lie beyond what is there.
        if (response.status === 416 && bytes === null && isRight()) return judged('right');
        // With status 200 the whole is on its way already.
        if (response.status !== 200) {
          await response.body?.cancel();
          response = await request(file.url, { signal: line.signal });
        }
        restart();
      } else if (before > 0) resumed = true;
      const announced = lengthOf(response);
      const total = bytes ?? (announced === null ? file.bytes : partial.length + announced);
      onProgress?.(meter(partial.length, total));
      let arrived = 0;
      for await (const piece of piecesOf(response, line)) {
        if (partial.length === 0 && beginsAsWebPage(piece))
          throw webPageError('The weights', hostOf(file.url));
        if (partial.length + piece.length > limit) return judged('too-long');
        await partial.append(piece);
        hash.update(piece);
        arrived += piece.length;
        onProgress?.(meter(partial.length, total));
      }
      const whole = arrived >= (announced ?? 0);
      if (bytes === null && whole) return finish();
      if (bytes !== null && partial.length < bytes && arrived === announced)
        return judged('too-short');
    } catch (error) {
      signal.throwIfAborted();
      const broken = error instanceof BrokenLine || error instanceof Unreachable || line.stalled;
      const first = before === 0 && partial.length === 0 && error instanceof Unreachable;
      if (!broken || first) throw error;
      refusals = error instanceof Unreachable && error.answers ? refusals + 1 : 0;
    } finally {
      line.end();
    }
    if (partial.length === bytes) break;
    vain = mayResume && partial.length > before ? 0 : vain + 1;
    if (vain >= VAIN_TRIES) throw brokenOff(file, partial, bytes ?? file.bytes);
    await pause(pauseMs * 2 ** vain, signal);
  }
  return finish();

  function finish() {
    return judged(isRight() ? 'right' : 'wrong-hash');
  }
}

/**
 * Whether the answer goes on at `offset` of a file of that length, as far as it is known; a server
 * that ignores ranges sends all with status 200.
 */
function continues(response: Response, offset: number, bytes: number | null): boolean {
  if (response.status !== 206) return false;
  // Other hosts seldom let a page read this header; the hash decides in the end.
  const range = response.headers.get('Content-Range');
  if (range === null) return true;
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range.trim()) ?? [];
  const sameLength = bytes === null || total === '*' || Number(total) === bytes;
  return Number(from) === offset && sameLength;
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
