/** A line on which nothing comes for so long counts as broken. */
export const STALL_MS = 20_000;

/** Ends a request that is aborted, or on which nothing happens any more. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Whether it was ended because nothing happened. */
  readonly stalled: boolean;
  /** Something happened. */
  alive(): void;
  end(): void;
}

/** Watches a request until `end`; `ms` without a word from `alive` end it. */
export function watch(outer: AbortSignal, ms: number): Watch {
  const controller = new AbortController();
  let stalled = false;
  const stall = () => {
    stalled = true;
    controller.abort(new Error('Nothing arrived any more.'));
  };
  let timer = setTimeout(stall, ms);
  const abort = () => {
    controller.abort(outer.reason);
  };
  outer.addEventListener('abort', abort);
  if (outer.aborted) abort();
  return {
    signal: controller.signal,
    get stalled() {
      return stalled;
    },
    alive: () => {
      clearTimeout(timer);
      timer = setTimeout(stall, ms);
    },
    end: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}
