/** What the guide to reading says of accuracies, computed from the published numbers. */
import { accuracyOf } from '../../zoo/accuracy.ts';
import { models, type Model } from '../../zoo/models.ts';
import { citation, citations, type Citation } from '../../zoo/results.ts';
import { pycls, seed, timm } from '../../zoo/sources.ts';
import { band95, compare, VALIDATION_PICTURES, type Verdict } from '../../zoo/verdict.ts';

/** A variant's official accuracy as the seed's table prints it, beside the exact one. */
export interface PrintedRow {
  readonly model: Model;
  readonly ours: Citation;
  readonly printed: Citation;
  readonly exactError: Citation;
  /** 100 - the exact error, percent. */
  readonly exact: number;
  /** ours - printed, percentage points. */
  readonly printedDifference: number;
  readonly verdict: Verdict;
}

/** The twelve rows of the seed's table against the exact errors. */
export function printedRows(): PrintedRow[] {
  return models.map((model) => {
    const ours = citation(seed, model.id, 'top1');
    const printed = citation(seed, model.id, 'top1_official_as_printed');
    const { official } = accuracyOf(model.id);
    return {
      model,
      ours,
      printed,
      exactError: citation(pycls, model.id, 'top1_error'),
      exact: official,
      printedDifference: ours.figure.value - printed.figure.value,
      verdict: compare(ours.figure.value, official),
    };
  });
}

/** Whether a printed accuracy is the exact one rounded to 0.1. */
export function isRounding({ printed, exact }: Pick<PrintedRow, 'printed' | 'exact'>): boolean {
  return Math.abs(printed.figure.value - exact) <= 0.05 + 1e-9;
}

/** One set of weights, measured twice: by pycls, who trained it, and by timm. */
export interface Reevaluation {
  readonly model: Model;
  readonly exactError: Citation;
  readonly byPycls: number;
  readonly byTimm: Citation;
  /** timm's figure - pycls's, percentage points: the same weights, another protocol. */
  readonly shift: number;
  /** Ours against either measurement. */
  readonly againstPycls: Verdict;
  readonly againstTimm: Verdict;
}

/** timm's evaluation of the official weights on ImageNet-1k's validation set, all twelve. */
export function reevaluations(): Reevaluation[] {
  return models.map((model) => {
    const { ours, official } = accuracyOf(model.id);
    const byTimm = citations(timm, model.id, 'top1').find(
      ({ figure }) =>
        figure.dataset === 'imagenet' && figure.checkpoint?.endsWith('.pycls_in1k') === true,
    );
    if (!byTimm) throw new Error(`timm has no evaluation of the official ${model.name}.`);
    return {
      model,
      exactError: citation(pycls, model.id, 'top1_error'),
      byPycls: official,
      byTimm,
      shift: byTimm.figure.value - official,
      againstPycls: compare(ours, official),
      againstTimm: compare(ours, byTimm.figure.value),
    };
  });
}

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
