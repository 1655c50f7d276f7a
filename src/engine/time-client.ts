/** What a page imports to time a network: on a thread of its own, which ends with the measurement. */
import { startWorker } from '../threads/remote.ts';
import type { BackendName } from './backend.ts';
import { missingError } from './backends/about.ts';
import {
  BACKENDS,
  backendOf,
  limitsOf,
  probe,
  type Found,
  type Granted,
} from './backends/index.ts';
import type { WorkerApi } from './service.ts';
import type { NetworkTime, TimePhase, TimeRequest } from './time.ts';
import { slowError, SLOW_MS } from './limits.ts';

export type { NetworkTime, TimePhase, TimeRequest };

/** How long a thread that is past that may still need to say so by itself. */
const GRACE_MS = 2000;

export interface TimeOptions {
  readonly onPhase?: (phase: TimePhase) => void;
  /** Ends the thread, whatever it is at. */
  readonly signal?: AbortSignal;
}

function startThread() {
  if (typeof OffscreenCanvas === 'undefined') return null;
  return startWorker<WorkerApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
}

/**
 * Times a network on the best thread for it. Rejects with the signal's reason, and with an
 * EngineError: `no-backend` where neither a worker nor the page has what the backend needs, `slow`
 * after half a minute without the first pass, else as `timeNetwork` does.
 */
export async function timeOnThread(
  request: TimeRequest,
  { onPhase, signal }: TimeOptions = {},
): Promise<NetworkTime> {
  signal?.throwIfAborted();
  const worker = startThread();
  const { backend } = request;
  const asked = { ...request, slowMs: SLOW_MS };
  const ends = new AbortController();
  try {
    const inWorker = worker ? await worker.api.probe([backend]) : {};
    if (!worker || inWorker[backend] === undefined) {
      // Some browsers' workers lack what their pages have.
      const { [backend]: onPage } = await probe([backend]);
      if (onPage === undefined) throw missingError(backendOf(backend));
      const { timeNetwork } = await import('./time.ts');
      return await timeNetwork(asked, onPhase, signal);
    }
    return await Promise.race([
      worker.api.time(asked, (phase: TimePhase) => {
        onPhase?.(phase);
        if (phase === 'first') watch(ends, SLOW_MS + GRACE_MS);
      }),
      rejection(ends.signal),
      ...(signal ? [rejection(signal)] : []),
    ]);
  } finally {
    ends.abort();
    worker?.stop();
  }
}

/** What computes on this device, by backend. */
export async function devicesOf(): Promise<Found> {
  const ids = BACKENDS.map(({ id }) => id);
  const worker = startThread();
  try {
    const inWorker = worker ? await worker.api.probe(ids) : {};
    const onPage = await probe(ids.filter((id) => inWorker[id] === undefined));
    return { ...onPage, ...inWorker };
  } finally {
    worker?.stop();
  }
}

/** What this device grants to each of these backends; nothing is known of one that it lacks. */
export async function grantedHere(ids: readonly BackendName[]): Promise<Granted> {
  const worker = startThread();
  try {
    const inWorker = worker ? await worker.api.limits(ids) : {};
    // Some browsers' workers lack what their pages have.
    const onPage = await limitsOf(ids.filter((id) => (inWorker[id] ?? null) === null));
    return { ...inWorker, ...onPage };
  } finally {
    worker?.stop();
  }
}

/** Ends the wait for a first pass that does not end. */
function watch(ends: AbortController, ms: number): void {
  const timer = setTimeout(() => {
    ends.abort(slowError(SLOW_MS));
  }, ms);
  ends.signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });
}

/** Rejects with the signal's reason once it is aborted. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('Stopped.'));
    });
  });
}
