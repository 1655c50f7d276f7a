/** Several threads that prepare pictures. */
import type { Preprocessing } from '../../checkpoints/description.ts';
import { startWorker } from '../../threads/remote.ts';
import type { PreparedPicture, PreparingApi } from './preparing/service.ts';

export interface Preparers {
  readonly count: number;
  /** By whichever thread has least to do. Rejects with an EngineError (`picture`) for what is none. */
  prepare(file: Blob, how: Preprocessing): Promise<PreparedPicture>;
  stop(): void;
}

/** More threads than these wait for the disk or the network. */
const MOST = 4;

/**
 * Threads for preparing, beside so many copies of the network. To one, which has threads of its own that
 * wait for one another, a processor is left; copies wait for nothing but pictures, and take half of the work.
 */
export function startPreparers(copies: number): Preparers {
  const cores = navigator.hardwareConcurrency;
  const count =
    copies > 1
      ? Math.max(Math.min(MOST, cores), Math.ceil(cores / 2))
      : Math.max(1, Math.min(MOST, cores - 1));
  const threads = Array.from({ length: count }, () => ({
    ...startWorker<PreparingApi>(
      new Worker(new URL('./preparing/worker.ts', import.meta.url), { type: 'module' }),
    ),
    pending: 0,
  }));
  return {
    count,
    prepare: async (file, how) => {
      const thread = threads.reduce((a, b) => (b.pending < a.pending ? b : a));
      thread.pending++;
      try {
        return await thread.api.prepare(file, how);
      } finally {
        thread.pending--;
      }
    },
    stop: () => {
      for (const thread of threads) thread.stop();
    },
  };
}
