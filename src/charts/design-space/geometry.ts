import { max } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Network } from '../../regnet/index.ts';
import { formatInteger } from '../shared/format.ts';
import type { Piece } from '../shared/Formula.tsx';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { stageColumns, type Indices, type StageColumns } from '../stage-widths/columns.ts';
import { groupLines, indexStep, type GroupLines } from '../stage-widths/geometry.ts';
import { stepsOf, type Step } from './steps.ts';

/** Measures of a layout, in the units of its view box; the last three are heights of the panels. */
const FRAMES = {
  wide: { ...SHEETS.wide, left: 54, right: 6, line: 82, powers: 140, network: 160 },
  narrow: { ...SHEETS.narrow, left: 46, right: 2, line: 74, powers: 132, network: 140 },
} as const satisfies Record<Layout, object>;

/** From the bottom of a panel to the top of the next, and what of it stands above the title. */
const HEADING = { height: 46, baseline: 32 };

/** From here on, only exponents that a block has are drawn, and never more of them. */
const MANY_EXPONENTS = 64;

/**
 * Deeper networks have so many columns at most, each for a few blocks: in the narrow layout they are
 * two units wide, and nobody could point at less.
 */
const MOST_COLUMNS = 128;

/** How many blocks a column stands for: one, unless they would be too many to draw. */
export function blocksAColumn(depth: number): number {
  return Math.ceil(depth / MOST_COLUMNS);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Panel {
  readonly top: number;
  readonly bottom: number;
  readonly title: { readonly y: number; readonly pieces: readonly Piece[] };
  readonly ticks: readonly Tick[];
}

/** The rounding of one exponent: from s_j to the whole k_j. */
export interface Move {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly stage: number;
}

/** Everything that rounds to one whole exponent k: half a step to either side. */
export interface Band {
  readonly exponent: number;
  /** The stage it becomes; null where no block falls into it. */
  readonly stage: number | null;
  readonly y: number;
  readonly height: number;
  /** Where k stands, and its label and width where there is room. */
  readonly middle: number;
  readonly label: { readonly exponent: string; readonly width: string } | null;
}

/** A block's column through all panels, and its bar in the last; others after it may be in it. */
export interface Column {
  readonly step: Step;
  readonly hit: Box;
  readonly bar: Box;
}

export interface DesignSpaceGeometry extends Sheet {
  readonly left: number;
  readonly right: number;
  /** Radius of the points. */
  readonly dot: number;
  readonly line: Panel & { readonly path: string; readonly points: readonly Point[] };
  readonly powers: Panel & { readonly bands: readonly Band[]; readonly moves: readonly Move[] };
  readonly network: Panel & {
    readonly groupLines: readonly GroupLines[];
    readonly rule: string;
  };
  /** How many blocks a column, a point and a move stand for: the first of them is drawn. */
  readonly every: number;
  readonly columns: readonly Column[];
  /** Where one stage ends and the next begins, in each panel. */
  readonly boundaries: string;
  readonly indices: Indices;
  readonly stages: StageColumns;
}

/**
 * The way from five parameters to a network, in three panels over the same blocks: the straight line
 * u_j, its exponents s_j and their rounding, and the stages with their groups.
 */
export function designSpace(
  network: Network,
  layout: Layout,
  steps: readonly Step[] = stepsOf(network),
): DesignSpaceGeometry {
  const frame = FRAMES[layout];
  const { width, left, font } = frame;
  const right = width - frame.right;
  const pitch = (right - left) / steps.length;
  const every = blocksAColumn(steps.length);
  const drawn = steps.filter(({ index }) => index % every === 0);
  const gap = Math.min(3, pitch * 0.14);
  /** From a column's left edge to its right one: the last may stand for fewer blocks. */
  const across = (index: number): number => Math.min(every, steps.length - index) * pitch;
  const at = (index: number): number => left + index * pitch;
  const centre = (index: number): number => r(at(index) + pitch / 2);
  const [first, second, third] = stack([frame.line, frame.powers, frame.network]);
  const spans = spansOf(steps, at, pitch);

  const u = scaleLinear([0, max(steps, (s) => s.continuous) ?? 1], [first.bottom, first.top]);
  const highest = max(steps, (s) => Math.max(s.continuous, s.width)) ?? 1;
  const w = scaleLinear([0, highest], [third.bottom, third.top]);
  const titles = titlesOf(network, layout);
  const path = (y: ScaleLinear<number, number>): string =>
    line<Step>(
      (s) => centre(s.index),
      (s) => r(y(s.continuous)),
    )(steps) ?? '';
  const stages = stageColumns(network, spans, {
    left,
    right,
    top: third.bottom + 13 + font,
    font,
    gap,
  });
  return {
    width,
    height: stages.bottom,
    font,
    left,
    right,
    dot: r(Math.min(4, Math.max(1, pitch * 0.22))),
    line: {
      ...panel(first, titles[0], u, 2),
      path: path(u),
      points: drawn.map((s) => ({ x: centre(s.index), y: r(u(s.continuous)) })),
    },
    powers: { ...panel(second, titles[1]), ...powers(steps, drawn, second, centre, font) },
    network: {
      ...panel(third, titles[2], w, 4),
      groupLines: network.stages.map((stage, i) =>
        groupLines(i + 1, stage.groups, spans[i] ?? { start: 0, end: 0 }, [
          third.bottom,
          w(stage.width),
        ]),
      ),
      rule: path(w),
    },
    every,
    columns: drawn.map((step) => ({
      step,
      hit: {
        x: r(at(step.index)),
        y: first.top,
        width: r(across(step.index)),
        height: third.bottom - first.top,
      },
      bar: {
        x: r(at(step.index) + gap / 2),
        y: r(w(step.width)),
        width: r(across(step.index) - gap),
        height: r(third.bottom - w(step.width)),
      },
    })),
    boundaries: spans
      .slice(1)
      .flatMap(({ start }) =>
        [first, second, third].map(({ top, bottom }) => `M${r(start)},${top}V${bottom}`),
      )
      .join(''),
    indices: {
      y: r(third.bottom + 5 + font),
      at: steps
        .filter(({ index }) => index % indexStep(pitch, font) === 0)
        .map(({ index }) => ({ x: centre(index), label: String(index) })),
    },
    stages,
  };
}

interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** Three panels of these heights, one below the other, each with a heading. */
function stack([a, b, c]: readonly [number, number, number]): [Extent, Extent, Extent] {
  const place = (top: number, height: number): Extent => ({ top, bottom: top + height });
  const first = place(HEADING.height - 14, a);
  const second = place(first.bottom + HEADING.height, b);
  return [first, second, place(second.bottom + HEADING.height, c)];
}

function panel(
  { top, bottom }: Extent,
  pieces: readonly Piece[],
  scale?: ScaleLinear<number, number>,
  count?: number,
): Panel {
  return {
    top,
    bottom,
    title: { y: top - HEADING.height + HEADING.baseline, pieces },
    ticks: (scale?.ticks(count) ?? []).map((value) => ({
      at: r(scale?.(value) ?? 0),
      label: formatInteger(value),
    })),
  };
}

/** Where each stage begins and ends across. */
function spansOf(
  steps: readonly Step[],
  at: (index: number) => number,
  pitch: number,
): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { index, place } of steps) {
    const last = spans.at(-1);
    if (place === 1 || !last) spans.push({ start: at(index), end: at(index) + pitch });
    else last.end = at(index) + pitch;
  }
  return spans;
}

/** Exponents upwards: bands half a step to either side of every whole one, and each block's move. */
function powers(
  steps: readonly Step[],
  drawn: readonly Step[],
  { top, bottom }: Extent,
  centre: (index: number) => number,
  font: number,
): { bands: Band[]; moves: Move[] } {
  const last = max(steps, (s) => s.exponent) ?? 0;
  const y = scaleLinear([-0.5, last + 0.5], [bottom, top]);
  const unit = (bottom - top) / (last + 1);
  const every = Math.max(1, Math.ceil((2.3 * font) / unit));
  const taken = new Map(steps.map((s) => [s.exponent, s]));
  const whole =
    last < MANY_EXPONENTS
      ? Array.from({ length: last + 1 }, (_, exponent) => exponent)
      : thinned([...taken.keys()], MANY_EXPONENTS);
  const bands = whole.map((exponent) => {
    const own = taken.get(exponent);
    return {
      exponent,
      stage: own?.stage ?? null,
      y: r(y(exponent + 0.5)),
      height: r(unit),
      middle: r(y(exponent)),
      label:
        exponent % every === 0
          ? { exponent: `k = ${exponent}`, width: own ? formatInteger(own.quantised) : '' }
          : null,
    };
  });
  const moves = drawn.map(({ index, exact, exponent, stage }) => ({
    x: centre(index),
    from: r(y(exact)),
    to: r(y(exponent)),
    stage,
  }));
  return { bands, moves };
}

/** Members of a list at equal distances, `most` of them at most. */
function thinned<T>(all: readonly T[], most: number): T[] {
  const every = Math.ceil(all.length / most);
  return all.filter((_, i) => i % every === 0);
}

/** What each panel shows, with this design's numbers in it. */
function titlesOf({ design }: Network, layout: Layout): [Piece[], Piece[], Piece[]] {
  const { w0, wa, wm, groupWidth } = design;
  const wide = layout === 'wide';
  return [
    [
      wide ? 'A straight line of widths: u' : 'A straight line: u',
      { text: 'j', script: -1 },
      ` = ${w0} + ${wa} · j`,
    ],
    [
      wide ? 'Its exponent, rounded: u' : 'Rounded: u',
      { text: 'j', script: -1 },
      ` = ${w0} · ${wm}`,
      { text: 's', script: 1 },
      wide ? ', and s becomes a whole k' : ', s to a whole k',
    ],
    [
      wide
        ? `Equal widths make a stage, in groups of ${groupWidth} channels`
        : `Equal widths: a stage, in groups of ${groupWidth}`,
    ],
  ];
}
