/**
 * What evaluation alone does to a published accuracy: it is rounded in print, and the same weights
 * score otherwise when pictures are resized otherwise.
 */
import { accuracyOf, deviationOf } from './accuracy.ts';
import { ENDINGS } from './endings.ts';
import { models, type Model } from './models.ts';
import { citation, citations, type Citation } from './results.ts';
import type { Source } from './schema.ts';
import { pycls, seed, timm, torchvision } from './sources.ts';
import { compare, type Verdict } from './verdict.ts';

/** A variant's official accuracy as d-li14's table prints it, beside the exact one. */
export interface PrintedRow {
  readonly model: Model;
  readonly ours: Citation;
  readonly printed: Citation;
  readonly exactError: Citation;
  /** From the exact error, percent. */
  readonly exact: number;
  readonly verdict: Verdict;
}

/** The twelve rows of d-li14's table against the exact errors. */
export function printedRows(): PrintedRow[] {
  return models.map((model) => {
    const ours = citation(seed, model.id, 'top1');
    const { official } = accuracyOf(model.id);
    return {
      model,
      ours,
      printed: citation(seed, model.id, 'top1_official_as_printed'),
      exactError: citation(pycls, model.id, 'top1_error'),
      exact: official,
      verdict: compare(ours.figure.value, official, { deviation: deviationOf(model.id) }),
    };
  });
}

/** Whether a printed accuracy is the exact one rounded to 0.1. */
export function isRounding({ printed, exact }: Pick<PrintedRow, 'printed' | 'exact'>): boolean {
  return Math.abs(printed.figure.value - exact) <= 0.05 + 1e-9;
}

/** The official weights of a variant, measured twice: by pycls, who trained them, and by timm. */
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
    const byTimm = validated(timm, model, ENDINGS.pyclsInTimm);
    if (!byTimm) throw new Error(`timm has no evaluation of the official ${model.name}.`);
    const chance = { deviation: deviationOf(model.id) };
    return {
      model,
      exactError: citation(pycls, model.id, 'top1_error'),
      byPycls: official,
      byTimm,
      shift: byTimm.figure.value - official,
      againstPycls: compare(ours, official, chance),
      againstTimm: compare(ours, byTimm.figure.value, chance),
    };
  });
}

/** torchvision's V2 weights measured by torchvision and by timm; `shift` as above. */
export function reevaluationsOfV2(): { model: Model; shift: number }[] {
  return models.flatMap((model) => {
    const own = validated(torchvision, model, ENDINGS.v2);
    const again = validated(timm, model, ENDINGS.v2InTimm);
    return own && again ? [{ model, shift: again.figure.value - own.figure.value }] : [];
  });
}

/** A source's top-1 on ImageNet-1k's validation set for the weights whose name ends so. */
function validated(source: Source, model: Model, ending: string): Citation | undefined {
  return citations(source, model.id, 'top1').find(
    ({ figure }) => figure.dataset === 'imagenet' && figure.checkpoint?.endsWith(ending) === true,
  );
}
