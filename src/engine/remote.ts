/** The page's end of a worker that answers with `answer`. */
import { wrap, type Remote } from 'comlink';
import type { Answer } from './answer.ts';
import { CODE_MISSING, EngineError } from './errors.ts';
import { watchLife } from './life.ts';
import type { Alive } from './serve.ts';

export interface RemoteWorker<Api> {
  readonly remote: Remote<Api>;
  /** What the worker answers; rejects if its code cannot be loaded, it dies or is stopped meanwhile. */
  readonly ask: <T>(asked: Promise<Answer<T>>) => Promise<T>;
  /** Resolves when the worker is gone though nobody stopped it, with what to tell the visitor. */
  readonly died: Promise<EngineError>;
  readonly stop: () => void;
}

/** Wraps a worker whose code may fail to load, and which the browser may end. */
export function startWorker<Api>(worker: Worker): RemoteWorker<Api> {
  const over = new AbortController();
  let loaded = false;
  let fail: (error: EngineError) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Without a question on its way, a failure has nobody to tell.
  failure.catch(() => undefined);
  const end = (error: EngineError): void => {
    over.abort();
    worker.terminate();
    fail(error);
  };
  const died = new Promise<EngineError>((resolve) => {
    const die = (error: EngineError) => {
      if (over.signal.aborted) return;
      end(error);
      resolve(error);
    };
    worker.addEventListener('error', () => {
      die(loaded ? new EngineError('worker-lost', CRASHED) : new EngineError('code', CODE_MISSING));
    });
    void watchLife(wrap<Alive>(worker), over.signal, {
      onLoaded: () => {
        loaded = true;
      },
      onDeath: () => {
        die(new EngineError('worker-lost', ENDED));
      },
    });
  });
  return {
    remote: wrap<Api>(worker),
    ask: async (asked) => {
      const answer = await Promise.race([asked, failure]);
      if ('value' in answer) return answer.value;
      throw new EngineError(answer.error.code, answer.error.message);
    },
    died,
    stop: () => {
      end(new EngineError('internal', 'The classifier was closed. Try again.'));
    },
  };
}

const ENDED =
  'The browser ended the part of this page that computes, likely for want of memory. Close other tabs or programs, then try again.';

const CRASHED = 'The part of this page that computes crashed. Try again, or reload the page.';
