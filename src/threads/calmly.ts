/** Passes values on, the latest after a pause if they come faster than every `ms` milliseconds. */
export function calmly<T>(tell: (value: T) => void, ms: number): (value: T) => void {
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
    // A thread that computes runs no timers meanwhile, so what is due is told at once.
    if (timer === undefined && performance.now() - told >= ms) tellLatest();
    else timer ??= setTimeout(tellLatest, Math.max(0, told + ms - performance.now()));
  };
}
