/** Something that is told values, but not too often. */
export interface Calm<T> {
  (value: T): void;
  /** Tells what still waits; resolves when it has been heard. */
  settle(): Promise<void>;
}

/** Passes values on, the latest after a pause if they come faster than every `ms` milliseconds. */
export function calmly<T>(tell: (value: T) => void | Promise<void>, ms: number): Calm<T> {
  let latest: { readonly value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = -Infinity;
  const tellLatest = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    told = performance.now();
    const one = latest;
    latest = null;
    if (one) await tell(one.value);
  };
  const calm = (value: T): void => {
    latest = { value };
    // A thread that computes runs no timers meanwhile, so what is due is told at once.
    if (timer === undefined && performance.now() - told >= ms) void tellLatest();
    else timer ??= setTimeout(() => void tellLatest(), Math.max(0, told + ms - performance.now()));
  };
  return Object.assign(calm, { settle: tellLatest });
}
