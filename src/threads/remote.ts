/** The page's end of a worker: its methods as if they were here. */
import { proxy, wrap, type Remote } from 'comlink';
import type { Answer, Asked } from './answer.ts';
import { CODE_MISSING, EngineError } from './errors.ts';
import { hold } from './hold.ts';
import { watchLife } from './life.ts';
import type { Alive } from './serve.ts';

export interface RemoteWorker<Api> {
  /**
   * The methods that the worker serves; functions among their arguments are called back. Each rejects
   * as the method does, and if the worker's code cannot be loaded, it dies or is stopped meanwhile.
   */
  readonly api: Asked<Api>;
  /** Resolves when the worker is gone though nobody stopped it, with what to tell the visitor. */
  readonly died: Promise<EngineError>;
  readonly stop: () => void;
}

/** Wraps a worker whose code may fail to load, and which the browser may end. */
export function startWorker<Api>(worker: Worker): RemoteWorker<Api> {
  const over = new AbortController();
  const remote = wrap<Served & Alive>(worker);
  const release = hold({ worker, remote });
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
    release();
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
    void watchLife(remote, over.signal, {
      onLoaded: () => {
        loaded = true;
      },
      onDeath: () => {
        die(new EngineError('worker-lost', ENDED));
      },
    });
  });
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const given = args.map((arg) => (isFunction(arg) ? proxy(arg) : arg));
    const answer = await Promise.race([methodOf(remote, name)(...given), failure]);
    if ('value' in answer) return answer.value;
    throw new EngineError(answer.error.code, answer.error.message);
  };
  return {
    api: methods<Api>(call),
    died,
    stop: () => {
      end(new EngineError('internal', 'The classifier was closed. Try again.'));
    },
  };
}

/**
 * What `start` gives; null where the browser forbids it: no page starts a worker from code of another
 * origin.
 */
export function unlessForbidden<T>(start: () => T): T | null {
  try {
    return start();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return null;
    throw error;
  }
}

type Served = Readonly<Record<string, (...args: unknown[]) => Promise<Answer<unknown>>>>;

function methodOf(remote: Remote<Served>, name: string) {
  const method = remote[name];
  if (!method) throw new Error(`The worker has no ${name}.`);
  return method;
}

const isFunction = (value: unknown): value is (...args: never) => unknown =>
  typeof value === 'function';

/** An object whose every method is a call; what the worker serves is known to the compiler alone. */
function methods<Api>(call: (name: string, args: readonly unknown[]) => Promise<unknown>) {
  const target: Record<string, unknown> = {};
  return new Proxy(target, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        call(String(name), args),
  }) as Asked<Api>;
}

const ENDED =
  'The browser ended the part of this page that computes, likely for want of memory. Close other tabs or programs, then try again.';

const CRASHED = 'The part of this page that computes crashed. Try again, or reload the page.';
