/** Downloads on a thread of their own: hashing and writing do not hold up the page. */
import { answer } from '../answer.ts';
import { serve } from '../serve.ts';
import type { HubFile } from './hub.ts';
import { obtain } from './obtain.ts';
import type { Progress } from './transfer.ts';

/** Progress is told so often at most. */
const PROGRESS_MS = 100;

const controller = new AbortController();

/** Passes values on, the latest after a pause if they come too fast. */
function calmly<T>(tell: (value: T) => void, ms: number): (value: T) => void {
  let latest: T;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = -Infinity;
  const tellLatest = () => {
    timer = undefined;
    told = performance.now();
    tell(latest);
  };
  return (value) => {
    latest = value;
    timer ??= setTimeout(tellLatest, Math.max(0, told + ms - performance.now()));
  };
}

const api = {
  obtain: (file: HubFile, onProgress: (progress: Progress) => void) =>
    answer(() =>
      obtain(file, { signal: controller.signal, onProgress: calmly(onProgress, PROGRESS_MS) }),
    ),
  cancel: (): void => {
    controller.abort();
  },
};

export type WeightsWorker = typeof api;

serve(api);
