import { roundHalfEven } from './round.ts';

/**
 * The five parameters that span the RegNetX design space (Radosavovic et al., "Designing Network
 * Design Spaces", CVPR 2020, section 3.3). The bottleneck ratio is 1 throughout the family.
 */
export interface Design {
  /** d: the number of blocks. */
  readonly depth: number;
  /** w_0: the initial width in channels, a positive multiple of 8. */
  readonly w0: number;
  /** w_a: the slope of the width in channels a block, zero or more. */
  readonly wa: number;
  /** w_m: the width multiplier between neighbouring stages, more than 1. */
  readonly wm: number;
  /** g: the number of channels in one group of a grouped convolution. */
  readonly groupWidth: number;
}

/** One of the five: its key here, the paper's symbol in addresses and on command lines, and its name. */
export interface Parameter {
  readonly key: keyof Design;
  readonly symbol: string;
  readonly name: string;
}

/** The five, in the paper's order. */
export const PARAMETERS = [
  { key: 'depth', symbol: 'd', name: 'blocks' },
  { key: 'w0', symbol: 'w0', name: 'first width' },
  { key: 'wa', symbol: 'wa', name: 'slope a block' },
  { key: 'wm', symbol: 'wm', name: 'width ratio' },
  { key: 'groupWidth', symbol: 'g', name: 'group width' },
] as const satisfies readonly Parameter[];

/** Something for each of the five. */
export function eachParameter<T>(of: (parameter: Parameter) => T): Record<keyof Design, T> {
  return Object.fromEntries(PARAMETERS.map((one) => [one.key, of(one)])) as Record<keyof Design, T>;
}

/** A design in a line: `d 13, w0 24, wa 36.44, wm 2.49, g 8`. */
export function designText(design: Design): string {
  return PARAMETERS.map(({ key, symbol }) => `${symbol} ${design[key]}`).join(', ');
}

/** A run of blocks of one width and one resolution. */
export interface Stage {
  /** Channels of every block in the stage. */
  readonly width: number;
  /** Blocks in the stage. */
  readonly depth: number;
  /** Groups of the 3x3 convolutions: width / groupWidth. */
  readonly groups: number;
  /** Channels a group, at most the stage's width. */
  readonly groupWidth: number;
}

/** Whether stages are the same ones. */
export function sameStages(a: readonly Stage[], b: readonly Stage[]): boolean {
  const equal = (one: Stage, other: Stage | undefined) =>
    one.width === other?.width && one.depth === other.depth && one.groupWidth === other.groupWidth;
  return a.length === b.length && a.every((stage, i) => equal(stage, b[i]));
}

/** What happens to one block's width on the way from the linear rule to the network. */
export interface BlockWidth {
  /** u_j = w_0 + w_a * j, the linear rule. */
  readonly continuous: number;
  /** k_j = round(log(u_j / w_0) / log(w_m)), the quantised exponent. */
  readonly exponent: number;
  /** w_0 * w_m^k_j rounded to a multiple of 8: the width before groups are fitted in. */
  readonly quantised: number;
}

/** A design that cannot exist; `parameter` names the culprit, the message says why. */
export class DesignError extends Error {
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.name = 'DesignError';
    this.parameter = parameter;
  }
}

/** Widths are multiples of this (pycls's q). */
const WIDTH_QUANTUM = 8;
/** Far beyond the paper's 28 blocks; keeps a typing mistake from filling the memory. */
export const MAX_DEPTH = 1024;
/** Widths above this have no use and would take the counts out of the exact integers. */
export const MAX_WIDTH = 65536;

/** Throws a DesignError that names the parameter if the design cannot exist. */
export function validateDesign({ depth, w0, wa, wm, groupWidth }: Design): void {
  const refuse = (parameter: string, must: string, value: number): never => {
    throw new DesignError(parameter, `${parameter} must be ${must}, not ${String(value)}.`);
  };
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH)
    refuse('depth', `a whole number of blocks from 1 to ${MAX_DEPTH}`, depth);
  if (!Number.isInteger(w0) || w0 < WIDTH_QUANTUM || w0 % WIDTH_QUANTUM !== 0 || w0 > MAX_WIDTH)
    refuse('w0', `a positive multiple of ${WIDTH_QUANTUM}, at most ${MAX_WIDTH}`, w0);
  if (!Number.isFinite(wa) || wa < 0) refuse('wa', 'a finite number, zero or more', wa);
  if (!Number.isFinite(wm) || wm <= 1) refuse('wm', 'a finite number greater than 1', wm);
  if (!Number.isInteger(groupWidth) || groupWidth < 1)
    refuse('groupWidth', 'a whole number of channels, at least 1', groupWidth);
  if (w0 + wa * (depth - 1) > MAX_WIDTH)
    refuse('wa', `small enough to keep the last block within ${MAX_WIDTH} channels`, wa);
}

/**
 * The width of every block before groups are fitted in: the linear rule, its logarithm rounded to
 * whole powers of w_m, and the result rounded to a multiple of 8, halves to even. Follows pycls
 * `generate_regnet` (pycls/models/regnet.py). Throws a DesignError for an impossible design.
 */
export function blockWidths(design: Design): BlockWidth[] {
  validateDesign(design);
  const { depth, w0, wa, wm } = design;
  return Array.from({ length: depth }, (_, j) => {
    const continuous = j * wa + w0;
    const exponent = roundHalfEven(Math.log(continuous / w0) / Math.log(wm));
    const quantised = roundHalfEven((w0 * wm ** exponent) / WIDTH_QUANTUM) * WIDTH_QUANTUM;
    return { continuous, exponent, quantised };
  });
}

/** Neighbouring blocks of equal quantised width, which become a stage. */
export function runsOf(design: Design): { readonly quantised: number; readonly depth: number }[] {
  const runs: { quantised: number; depth: number }[] = [];
  for (const { quantised } of blockWidths(design)) {
    const last = runs.at(-1);
    if (last?.quantised === quantised) last.depth += 1;
    else runs.push({ quantised, depth: 1 });
  }
  return runs;
}

/**
 * The stages of a design: blocks of equal quantised width form one; the group width is clamped to
 * the stage's width and the width then rounded to a multiple of it, halves to even (pycls
 * `adjust_block_compatibility` for bottleneck ratio 1). Throws a DesignError for an impossible
 * design.
 */
export function stagesOf(design: Design): Stage[] {
  return runsOf(design).map(({ quantised, depth }) => {
    const groupWidth = Math.min(design.groupWidth, quantised);
    const groups = roundHalfEven(quantised / groupWidth);
    return { width: groups * groupWidth, depth, groups, groupWidth };
  });
}
