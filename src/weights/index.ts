/** Official weights for a page: downloaded once, checked, kept on the device. */
import { startWorker, unlessForbidden } from '../threads/remote.ts';
import type { HubFile } from './hub-file.ts';
import type { Obtained } from './obtain.ts';
import { openKept } from './store.ts';
import type { Progress } from './meter.ts';
import type { WeightsWorker } from './service.ts';

export type { HubFile } from './hub-file.ts';
export type { Obtained } from './obtain.ts';
export type { Progress } from './meter.ts';
export { deleteKept, listKept, openKept, type KeptWeights } from './store.ts';

export interface ObtainOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * The file of a checkpoint: what is kept of it, to be checked by the hash beside it, else, or the
 * rest, from the hub, checked by its SHA-256. Rejects with an EngineError (`download`) whose message is a sentence; an abort
 * rejects with the signal's reason. In both cases what arrived is kept where the browser keeps files.
 */
export async function obtainWeights(
  file: HubFile,
  { signal, onProgress }: ObtainOptions,
): Promise<Obtained> {
  const kept = await openKept(file.id, file.sha256);
  signal.throwIfAborted();
  if (kept) return { ...kept, notKept: null };
  const worker = unlessForbidden(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  // Here nothing can be kept.
  if (!worker) return (await import('./obtain.ts')).obtain(file, { signal, onProgress });
  const { api, stop } = startWorker<WeightsWorker>(worker);
  const cancel = () => void api.cancel();
  signal.addEventListener('abort', cancel);
  try {
    // A base address of this site's own has no host, and the worker's address is another.
    const url = new URL(file.url, document.baseURI).href;
    return await api.obtain({ ...file, url }, onProgress);
  } catch (error) {
    // Only now: the worker has put what arrived aside.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    stop();
  }
}
