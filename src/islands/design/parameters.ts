import type { ComponentChildren } from 'preact';
import type { Design } from '../../regnet/index.ts';
import { PAPER } from '../../zoo/design-query.ts';

/** One of the five parameters as the explorer offers it. */
export interface Parameter {
  readonly key: keyof Design;
  /** What it is called in addresses and messages. */
  readonly symbol: readonly [letter: string, index: string];
  readonly name: string;
  /** Ends and step of the slider; the field takes whatever can exist. */
  readonly range: { readonly min: number; readonly max: number; readonly step: number };
  /** What the paper allows, if it narrows the parameter; the slider marks it. */
  readonly paper: readonly [number, number] | null;
  /** What must hold, in a few words. */
  readonly rule: ComponentChildren;
}

export const PARAMETERS: readonly Parameter[] = [
  {
    key: 'depth',
    symbol: ['d', ''],
    name: 'blocks',
    range: { min: 1, max: 40, step: 1 },
    paper: PAPER.depth,
    rule: `paper: ${PAPER.depth[0]} to ${PAPER.depth[1]}`,
  },
  {
    key: 'w0',
    symbol: ['w', '0'],
    name: 'first width',
    range: { min: 8, max: 400, step: 8 },
    paper: null,
    rule: 'a multiple of 8',
  },
  {
    key: 'wa',
    symbol: ['w', 'a'],
    name: 'slope a block',
    range: { min: 0, max: 120, step: 0.01 },
    paper: null,
    rule: 'zero or more',
  },
  {
    key: 'wm',
    symbol: ['w', 'm'],
    name: 'width ratio of stages',
    range: { min: 1.05, max: 3.5, step: 0.01 },
    paper: [PAPER.wm, Infinity],
    rule: `paper: ${PAPER.wm} or more`,
  },
  {
    key: 'groupWidth',
    symbol: ['g', ''],
    name: 'channels a group',
    range: { min: 8, max: 256, step: 8 },
    paper: null,
    rule: 'one or more',
  },
];

/** A range that holds `value` and has it on a step, so that the slider never shows another. */
export function rangeFor({ range }: Parameter, value: number): Parameter['range'] {
  const { min, max, step } = range;
  const steps = (value - min) / step;
  const onStep = Math.abs(steps - Math.round(steps)) < 1e-6;
  const finest = Number.isInteger(value) ? Math.min(step, 1) : 1e-6;
  return { min: Math.min(min, value), max: Math.max(max, value), step: onStep ? step : finest };
}
