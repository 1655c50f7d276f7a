/** Small pieces of geometry that every chart needs. */

/** Layouts of a chart: one drawing for columns of 560 px and more, one for narrower ones. */
export const LAYOUTS = ['wide', 'narrow'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What a drawing measures in each layout, and the size of its type, in the units of its view box. */
export const SHEETS = {
  wide: { width: 720, font: 13 },
  narrow: { width: 344, font: 12 },
} as const satisfies Record<Layout, object>;

/** A drawing's measures. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly font: number;
}

/** A drawing with one plot: its edges, of which the last is the line that marks stand on. */
export interface Plot extends Sheet {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly baseline: number;
}

/** A value on an axis: where along it, and in words. */
export interface Tick<Label = string> {
  readonly at: number;
  readonly label: Label;
}

/** A strip of the plot that is one mark's own: what answers to the pointer. */
export interface Slot {
  readonly x: number;
  readonly width: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rounds a coordinate to hundredths: enough for any screen, and stable in snapshots. */
export function r(coordinate: number): number {
  const rounded = Math.round(coordinate * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}

/** Whether two boxes share any area. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** As many stages have a colour of their own: the paper's spaces have four, and five are tried. */
const STAGE_COLOURS = 5;

/** The class that gives a mark its stage's colours; stage 0 is stem and head, after 5 they repeat. */
export function stageClass(stage: number): string {
  return `rx-stage-${colourOf(stage)}`;
}

/** The colour of a stage, where a class does not reach. */
export function stageColour(stage: number): string {
  return `var(--rx-stage-${colourOf(stage)})`;
}

function colourOf(stage: number): number {
  return stage === 0 ? 0 : ((stage - 1) % STAGE_COLOURS) + 1;
}
