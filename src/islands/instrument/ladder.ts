/** What stands in a row of the ladder while it has no answer. */
import { milliseconds, wholeMegabytes } from '../classifier/words.ts';
import type { Advice } from '../device/advice.ts';
import type { Outcome } from './climb.ts';

/** Beforehand: what it will take here, or why it will be skipped. */
export function adviceWords({ bytes, ms, obstacle }: Advice): string {
  if (obstacle !== null) return `Will be skipped. ${obstacle}`;
  const memory = `about ${wholeMegabytes(bytes)} MB of memory`;
  return ms === null ? `Takes ${memory}` : `Takes about ${milliseconds(ms)}, ${memory}`;
}

/** Meanwhile, and where there was no answer. */
export function outcomeWords(outcome: Exclude<Outcome, { kind: 'answered' }>): string {
  if (outcome.kind === 'running') return 'Running.';
  return outcome.kind === 'skipped' ? `Skipped. ${outcome.why}` : outcome.why;
}
