/** The page's end of a worker that answers with `answer`. */
import { wrap, type Remote } from 'comlink';
import type { Answer } from './answer.ts';
import { EngineError, type EngineErrorCode } from './errors.ts';

export interface RemoteWorker<Api> {
  readonly remote: Remote<Api>;
  /** What the worker answers; rejects if its code cannot be loaded or it is stopped meanwhile. */
  readonly ask: <T>(asked: Promise<Answer<T>>) => Promise<T>;
  readonly stop: () => void;
}

/** Wraps a worker whose code may fail to load. */
export function startWorker<Api>(worker: Worker): RemoteWorker<Api> {
  let fail: (code: EngineErrorCode, message: string) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = (code, message) => {
      worker.terminate();
      reject(new EngineError(code, message));
    };
  });
  // Without a question on its way, a failure has nobody to tell.
  failure.catch(() => undefined);
  worker.addEventListener('error', () => {
    fail('download', 'The classifier’s code did not load or crashed. Reload the page.');
  });
  return {
    remote: wrap<Api>(worker),
    ask: async (asked) => {
      const answer = await Promise.race([asked, failure]);
      if ('value' in answer) return answer.value;
      throw new EngineError(answer.error.code, answer.error.message);
    },
    stop: () => {
      fail('internal', 'The classifier was closed. Try again.');
    },
  };
}
