/** What the page imports when pictures are chosen: a recount on a thread of its own. */
import { startWorker, type RemoteWorker } from '../../threads/remote.ts';
import type { RecountApi } from './service.ts';

export type Recounter = RemoteWorker<RecountApi>;

/** Starts the thread; it loads its code meanwhile. */
export function startRecounter(): Recounter {
  return startWorker<RecountApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
}
