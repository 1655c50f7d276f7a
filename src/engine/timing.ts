/** How often a pass is repeated for its time, and what is told of it. */
import type { Timing } from './types.ts';

/** Passes that the median is taken of. */
const MEASURED_PASSES = 20;
/** On a slow device fewer passes must do: after so many milliseconds no new one begins, */
const MEASURING_BUDGET_MS = 2000;
/** but a median needs a few. */
const LEAST_PASSES = 3;

/** Whether another pass is to be timed, after so many that began so many milliseconds ago. */
export function timesAnother(passes: number, elapsedMs: number): boolean {
  return passes < LEAST_PASSES || (passes < MEASURED_PASSES && elapsedMs < MEASURING_BUDGET_MS);
}

/** The median of times in milliseconds. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return { medianMs: (lower + upper) / 2, passes: times.length };
}
