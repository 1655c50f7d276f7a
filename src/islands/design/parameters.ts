import type { ComponentChildren } from 'preact';
import { PARAMETERS, type Design, type Parameter } from '../../regnet/index.ts';
import { PAPER } from '../../zoo/design-query.ts';

/** What the explorer adds to a parameter. */
interface Offer {
  /** Ends and step of the slider; the field takes whatever can exist. */
  readonly range: { readonly min: number; readonly max: number; readonly step: number };
  /** What the paper allows, if it narrows the parameter; the slider marks it. */
  readonly paper: readonly [number, number] | null;
  /** What must hold, in a few words. */
  readonly rule: ComponentChildren;
}

/** One of the five parameters as the explorer offers it. */
export type OfferedParameter = Parameter & Offer;

const OFFERS: Readonly<Record<keyof Design, Offer>> = {
  depth: {
    range: { min: 1, max: 40, step: 1 },
    paper: PAPER.depth,
    rule: `paper: ${PAPER.depth[0]} to ${PAPER.depth[1]}`,
  },
  w0: { range: { min: 8, max: 400, step: 8 }, paper: null, rule: 'a multiple of 8' },
  wa: { range: { min: 0, max: 120, step: 0.01 }, paper: null, rule: 'zero or more' },
  wm: {
    range: { min: 1.05, max: 3.5, step: 0.01 },
    paper: [PAPER.wm, Infinity],
    rule: `paper: ${PAPER.wm} or more`,
  },
  groupWidth: { range: { min: 8, max: 256, step: 8 }, paper: null, rule: 'one or more' },
};

export const OFFERED: readonly OfferedParameter[] = PARAMETERS.map((parameter) => ({
  ...parameter,
  ...OFFERS[parameter.key],
}));

/** A range that holds `value` and has it on a step, so that the slider never shows another. */
export function rangeFor({ range }: OfferedParameter, value: number): Offer['range'] {
  const { min, max, step } = range;
  const steps = (value - min) / step;
  const onStep = Math.abs(steps - Math.round(steps)) < 1e-6;
  const finest = Number.isInteger(value) ? Math.min(step, 1) : 1e-6;
  return { min: Math.min(min, value), max: Math.max(max, value), step: onStep ? step : finest };
}
