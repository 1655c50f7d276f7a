export interface Progress {
  readonly received: number;
  /** As exact as is known. */
  readonly total: number;
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null;
}

/** The speed is taken over so many milliseconds: long enough to be calm, short enough to be true. */
const WINDOW_MS = 5000;
/** Marks that are closer together are one. */
const MARK_MS = 100;
/** Before this a speed is a guess. */
const LEAST_MS = 1000;

/** `5.0`, in millions of bytes. */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** A meter that is told how far a download is and tells how long it will take. */
export function createMeter(
  now: () => number = () => performance.now(),
): (received: number, total: number) => Progress {
  let marks: { readonly time: number; readonly received: number }[] = [];
  return (received, total) => {
    const time = now();
    if (received < (marks.at(-1)?.received ?? 0)) marks = [];
    if (time - (marks.at(-1)?.time ?? -Infinity) >= MARK_MS) marks.push({ time, received });
    // The newest mark that is older than the window is its beginning.
    const begin = marks.findLastIndex((mark) => time - mark.time >= WINDOW_MS);
    if (begin > 0) marks = marks.slice(begin);
    const [first] = marks;
    const passed = first ? time - first.time : 0;
    const gained = first ? received - first.received : 0;
    const known = passed >= LEAST_MS && gained > 0;
    return {
      received,
      total,
      secondsLeft: known ? (((total - received) / gained) * passed) / 1000 : null,
    };
  };
}
