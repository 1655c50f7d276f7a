/** Downloads on a thread of their own: hashing and writing do not hold up the page. */
import { expose } from 'comlink';
import { answer } from '../answer.ts';
import type { HubFile } from './hub.ts';
import { obtain } from './obtain.ts';
import type { Progress } from './transfer.ts';

/** Progress is told so often at most. */
const PROGRESS_MS = 100;

const controller = new AbortController();

const api = {
  obtain: (file: HubFile, onProgress: (progress: Progress) => void) => {
    let told = -Infinity;
    return answer(() =>
      obtain(file, {
        signal: controller.signal,
        onProgress: (progress) => {
          const now = performance.now();
          if (now - told < PROGRESS_MS) return;
          told = now;
          onProgress(progress);
        },
      }),
    );
  },
  cancel: (): void => {
    controller.abort();
  },
};

export type WeightsWorker = typeof api;

expose(api);
