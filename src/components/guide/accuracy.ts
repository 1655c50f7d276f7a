/** How the 95% band of a difference narrows when two networks err together. */
import { printedRows, type PrintedRow } from '../../zoo/evaluation.ts';
import { band95, VALIDATION_PICTURES } from '../../zoo/verdict.ts';

/** The share of pictures on which exactly one of two networks is right if they err independently. */
export function independentDisagreement(first: number, second: number): number {
  const [p, q] = [first / 100, second / 100];
  return p * (1 - q) + q * (1 - p);
}

/**
 * Half-width in percentage points of the 95% band for the difference of two accuracies (percent)
 * measured on the same `pictures`, when exactly one of the networks is right on a share
 * `disagreement` (0 to 1) of them. A picture adds -1, 0 or 1 to the difference d, so its variance is
 * (disagreement - d²) / pictures; at `independentDisagreement` this is `band95`.
 */
export function pairedBand95(
  first: number,
  second: number,
  disagreement: number,
  pictures: number = VALIDATION_PICTURES,
): number {
  const squared = ((first - second) / 100) ** 2;
  const independent = independentDisagreement(first, second) - squared;
  const share = Math.max(0, disagreement - squared) / independent;
  return band95(first, second, pictures) * Math.sqrt(share);
}

/** The share of disagreement below which the difference leaves the paired band. */
export function decisiveDisagreement(
  first: number,
  second: number,
  pictures: number = VALIDATION_PICTURES,
): number {
  const difference = first - second;
  const squared = (difference / 100) ** 2;
  const independent = independentDisagreement(first, second) - squared;
  return independent * (difference / band95(first, second, pictures)) ** 2 + squared;
}

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
