import { startWorker } from '../../../threads/remote.ts';
import type { Copy, CopyOrder } from '../../team.ts';
import type { CopyApi } from './service.ts';

/** Starts a thread with a copy. Rejects with an EngineError, and no thread is left. */
export async function startCopy(order: CopyOrder): Promise<Copy> {
  const { api, stop } = startWorker<CopyApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  try {
    await api.open(order);
  } catch (error) {
    stop();
    throw error;
  }
  return { probabilities: (pixels, batch = 1) => api.probabilities(pixels, batch), stop };
}
