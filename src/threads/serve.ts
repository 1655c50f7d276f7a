/** A worker's end: it answers calls, and holds a lock by which the page sees that it lives. */
import { expose, transfer } from 'comlink';
import { answer } from './answer.ts';

/** What every worker answers besides its own calls. */
export interface Alive {
  /**
   * Takes a lock for as long as the worker lives and tells its name: a browser frees it with the
   * thread, however that ends. Null where there are no locks (plain http, or storage is blocked).
   */
  holdLock(): Promise<string | null>;
  /** Answers when the thread has time. */
  ping(): boolean;
}

type Method = (...args: unknown[]) => unknown;

const handedOver = new WeakMap<object, Transferable[]>();

/** Marks what a method gives back: these parts of it change threads without a copy. */
export function handOver<T extends object>(value: T, parts: Transferable[]): T {
  handedOver.set(value, parts);
  return value;
}

/**
 * Answers calls of the methods of `api` from now on, and of what is added later. What they throw
 * reaches the page with its code and sentence; `told` may first make another error of it.
 */
export function serve(
  api: object,
  told: (error: unknown) => unknown = (error) => error,
): { add(more: object): void } {
  const alive: Alive = { holdLock, ping: () => true };
  const served: Record<string, unknown> = { ...alive };
  const add = (more: object): void => {
    for (const [name, method] of Object.entries(more))
      if (isMethod(method)) served[name] = answering(method, told);
  };
  add(api);
  expose(served);
  return { add };
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

function answering(method: Method, told: (error: unknown) => unknown): Method {
  return async (...args) => {
    const answered = await answer(async () => {
      try {
        return await method(...args);
      } catch (error) {
        throw told(error);
      }
    });
    const value: unknown = 'value' in answered ? answered.value : null;
    const parts = typeof value === 'object' && value !== null ? handedOver.get(value) : undefined;
    return parts ? transfer(answered, parts) : answered;
  };
}

function holdLock(): Promise<string | null> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) return Promise.resolve(null);
  const name = `regnetx-worker ${performance.timeOrigin} ${Math.random()}`;
  return new Promise((resolve) => {
    locks
      .request(name, () => {
        resolve(name);
        return new Promise<never>(() => undefined);
      })
      .catch(() => {
        resolve(null);
      });
  });
}
