/** What the guide to the design space shows of widths: every step, and where rounding decides. */
import {
  blockWidths,
  complexityOf,
  layersOf,
  stagesOf,
  type BlockWidth,
  type Design,
  type Stage,
} from '../../regnet/index.ts';
import { models, type Model } from '../../zoo/models.ts';

/** One block's width at every step of its making. */
export interface WidthStep extends BlockWidth {
  /** j, from 0. */
  readonly index: number;
  /** s_j, the exponent before rounding. */
  readonly exactExponent: number;
  /** w_0 * w_m^k_j, before rounding to a multiple of 8. */
  readonly power: number;
  /** Stage from 1. */
  readonly stage: number;
  /** The width of the network's block. */
  readonly width: number;
}

/** The blocks of a design, step by step. */
export function widthSteps(design: Design): WidthStep[] {
  const { w0, wm } = design;
  const stages = stagesOf(design).flatMap(({ width, depth }, i) =>
    Array.from({ length: depth }, () => ({ width, stage: i + 1 })),
  );
  return blockWidths(design).map((block, index) => ({
    ...block,
    index,
    exactExponent: Math.log(block.continuous / w0) / Math.log(wm),
    power: w0 * wm ** block.exponent,
    ...(stages[index] ?? { width: 0, stage: 0 }),
  }));
}

/** A width of the family that lies exactly between two neighbours, and what each choice gives. */
export interface Tie {
  readonly model: Model;
  /** Stage from 1. */
  readonly stage: number;
  /** Which rounding the tie stands in: to a multiple of 8, or to a multiple of the group width. */
  readonly step: 'eight' | 'groups';
  /** The number of eights or groups before rounding: a whole number and a half. */
  readonly quotient: number;
  /** Half to even, as the family does. */
  readonly width: number;
  readonly params: number;
  /** Half up, as `Math.round` does. */
  readonly upWidth: number;
  readonly upParams: number;
}

const isHalf = (x: number): boolean => Math.abs(x - Math.floor(x) - 0.5) < 1e-9;

/** Every exact tie in the making of the twelve. */
export function ties(): Tie[] {
  return models.flatMap((model) => {
    const { design } = model;
    const stages = stagesOf(design);
    const firsts = widthSteps(design).filter((s, i, all) => s.stage !== all[i - 1]?.stage);
    return firsts.flatMap(({ stage, power, quantised, width }): Tie[] => {
      const groupWidth = Math.min(design.groupWidth, quantised);
      const eights = power / 8;
      const groups = quantised / groupWidth;
      const step = isHalf(eights) ? 'eight' : isHalf(groups) ? 'groups' : null;
      if (step === null) return [];
      // `Math.round` rounds halves up; it is the mistake that this table is about.
      const upQuantised = step === 'eight' ? Math.round(eights) * 8 : quantised;
      const upGroupWidth = Math.min(design.groupWidth, upQuantised);
      const upWidth = Math.round(upQuantised / upGroupWidth) * upGroupWidth;
      const upStages = stages.map((s, i) =>
        i === stage - 1 ? { ...s, width: upWidth, groups: upWidth / upGroupWidth } : s,
      );
      return [
        {
          model,
          stage,
          step,
          quotient: step === 'eight' ? eights : groups,
          width,
          params: paramsOf(stages),
          upWidth,
          upParams: paramsOf(upStages),
        },
      ];
    });
  });
}

const paramsOf = (stages: readonly Stage[]): number => complexityOf(layersOf(stages)).params;
