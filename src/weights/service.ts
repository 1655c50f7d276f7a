/** Downloads on a thread of their own: hashing and writing do not hold up the page. */
import { calmly } from '../threads/calmly.ts';
import { serve } from '../threads/serve.ts';
import type { HubFile } from './hub-file.ts';
import { obtain } from './obtain.ts';
import type { Progress } from './meter.ts';

/** Progress is told so often at most. */
const PROGRESS_MS = 100;

const controller = new AbortController();

const api = {
  obtain: (file: HubFile, onProgress: (progress: Progress) => void) =>
    obtain(file, { signal: controller.signal, onProgress: calmly(onProgress, PROGRESS_MS) }),
  cancel: (): void => {
    controller.abort();
  },
};

export type WeightsWorker = typeof api;

serve(api);
