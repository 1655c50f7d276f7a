/** How fast it goes, and how long it will take. */

export interface Pace {
  /** Pictures a second over the last seconds; null before anything is known. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** So much of the past counts: long enough for a batch, short enough to see a throttled device. */
const WINDOW_MS = 20_000;

/** Is told how many pictures are done, and when (milliseconds of any clock that never goes back). */
export function paceMeter(total: number): (done: number, now: number) => Pace {
  const seen: { done: number; now: number }[] = [];
  return (done, now) => {
    seen.push({ done, now });
    while (seen.length > 2 && now - (seen[1]?.now ?? now) > WINDOW_MS) seen.shift();
    const [first] = seen;
    if (!first || now <= first.now || done <= first.done)
      return { perSecond: null, secondsLeft: null };
    const perSecond = ((done - first.done) * 1000) / (now - first.now);
    return { perSecond, secondsLeft: (total - done) / perSecond };
  };
}
