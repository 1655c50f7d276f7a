/** Which of the twelve differences the guides take as their examples. */
import { printedRows, type PrintedRow } from '../../zoo/evaluation.ts';

/** The variant whose difference is the largest of those within the band. */
export function closestCall(): PrintedRow {
  const within = printedRows().filter((row) => !row.verdict.outside);
  return within.reduce((a, b) =>
    Math.abs(b.verdict.difference) > Math.abs(a.verdict.difference) ? b : a,
  );
}

/** The probability that at least one of `comparisons` falls outside its 95% band by chance alone. */
export function falseAlarm(comparisons: number): number {
  return 1 - 0.95 ** comparisons;
}
