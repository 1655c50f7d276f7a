/** A worker's end: it answers calls, and holds a lock by which the page sees that it lives. */
import { expose } from 'comlink';

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

/** Answers calls of `api` from now on. */
export function serve(api: object): void {
  const alive: Alive = { holdLock, ping: () => true };
  expose({ ...api, ...alive });
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
