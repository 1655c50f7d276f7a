import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Network } from '../../regnet/index.ts';
import { formatInteger } from '../shared/format.ts';
import type { Piece } from '../shared/Formula.tsx';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';
import { blocksOf, type Block } from './blocks.ts';
import { stageColumns, type Indices, type StageColumns } from './columns.ts';

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { ...SHEETS.wide, top: 40, plot: 250, left: 62, right: 6 },
  narrow: { ...SHEETS.narrow, top: 38, plot: 190, left: 52, right: 2 },
} as const satisfies Record<Layout, object>;

/** Group lines nearer to each other than this would run together. */
const LINE_DISTANCE = 2.5;
/** Points of the linear rule nearer than this would run together. */
const POINT_DISTANCE = 6;

export interface Bar extends Box {
  readonly block: Block;
  /** The whole column above and below the bar, to point at. */
  readonly hit: Box;
}

/** The lines between the groups of a stage. */
export interface GroupLines {
  readonly stage: number;
  readonly path: string;
  /** Groups between two lines: 1 unless they would stand too close. */
  readonly every: number;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly formula: readonly Piece[];
}

export interface StageWidthsGeometry extends Sheet {
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly ticks: readonly Tick[];
  readonly indices: Indices;
  readonly bars: readonly Bar[];
  readonly groupLines: readonly GroupLines[];
  /** u_j through the centres of the blocks. */
  readonly rule: {
    readonly path: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
    readonly label: Label;
  };
  /** The quantised widths as a staircase; its label only where there is room for it. */
  readonly steps: { readonly path: string; readonly label: Label | null };
  readonly columns: StageColumns;
}

/** The drawing of a network's stage widths: block index across, channels up. */
export function stageWidths(network: Network, layout: Layout): StageWidthsGeometry {
  const { width, top, plot, left, right: margin, font } = FRAMES[layout];
  const right = width - margin;
  const baseline = top + plot;
  const blocks = blocksOf(network);
  const highest = max(blocks, (b) => Math.max(b.continuous, b.width, b.quantised)) ?? 1;
  const y = scaleLinear([0, highest], [baseline, top]);
  const pitch = (right - left) / blocks.length;
  const gap = Math.min(3, pitch * 0.14);
  const x = scaleBand(
    blocks.map((b) => b.index),
    [left, right],
  ).padding(0);
  const at = (index: number): number => x(index) ?? left;
  const bars = blocks.map((block) => ({
    block,
    x: r(at(block.index) + gap / 2),
    y: r(y(block.width)),
    width: r(pitch - gap),
    height: r(baseline - y(block.width)),
    hit: { x: r(at(block.index)), y: top, width: r(pitch), height: plot },
  }));
  const points = blocks.map((block) => ({
    x: r(at(block.index) + pitch / 2),
    y: r(y(block.continuous)),
  }));
  const spans = network.stages.map((_, i) => {
    const own = blocks.filter((b) => b.stage === i + 1);
    const start = at(own[0]?.index ?? 0);
    return { start, end: start + own.length * pitch };
  });
  const columns = stageColumns(network, spans, {
    left,
    right,
    top: baseline + 13 + font,
    font,
    gap,
  });
  return {
    width,
    height: columns.bottom,
    font,
    left,
    right,
    baseline,
    ticks: y.ticks(5).map((value) => ({ at: r(y(value)), label: formatInteger(value) })),
    indices: {
      y: r(baseline + 5 + font),
      at: points
        .map(({ x }, index) => ({ x, label: String(index) }))
        .filter((_, index) => index % indexStep(pitch, font) === 0),
    },
    bars,
    groupLines: network.stages.map((stage, i) =>
      groupLines(i + 1, stage.groups, spans[i] ?? { start: 0, end: 0 }, [baseline, y(stage.width)]),
    ),
    rule: {
      path:
        line<{ x: number; y: number }>(
          (p) => p.x,
          (p) => p.y,
        )(points) ?? '',
      points: pitch < POINT_DISTANCE ? [] : points,
      label: ruleLabel(network, points.at(-1)?.x ?? right, top),
    },
    steps: {
      path: staircase(blocks, at, pitch, y),
      label: stepsLabel(network, spans.at(-1)?.start ?? left, left, top, font, y),
    },
    columns,
  };
}

/** Lines that divide a stage's bars into groups, or every few groups where they would not be seen. */
export function groupLines(
  stage: number,
  groups: number,
  { start, end }: { start: number; end: number },
  [bottom, top]: readonly [number, number],
): GroupLines {
  const each = (bottom - top) / groups;
  const every = Math.min(groups, Math.ceil(LINE_DISTANCE / each));
  const lines = Array.from({ length: Math.ceil(groups / every) - 1 }, (_, i) => {
    return `M${r(start)},${r(bottom - (i + 1) * every * each)}H${r(end)}`;
  });
  return { stage, path: lines.join(''), every };
}

/** Every how many blocks an index is written, so that the numbers stand apart. */
export function indexStep(pitch: number, font: number): number {
  const room = font * 2;
  return [1, 2, 5, 10, 20, 50, 100, 200].find((every) => every * pitch >= room) ?? 500;
}

/** The quantised widths as one line from left to right. */
function staircase(
  blocks: readonly Block[],
  at: (index: number) => number,
  pitch: number,
  y: (width: number) => number,
): string {
  return blocks
    .map(({ index, quantised }) => {
      const from = r(at(index));
      const height = r(y(quantised));
      return `${index === 0 ? `M${from},${height}` : `V${height}`}H${r(at(index) + pitch)}`;
    })
    .join('');
}

/** `u_j = 24 + 36.44 j`, above everything, where its line ends. */
function ruleLabel({ design }: Network, x: number, top: number): Label {
  const formula: Piece[] = [
    'u',
    { text: 'j', script: -1 },
    ` = ${design.w0} + ${tidy(design.wa)} j`,
  ];
  return { x: r(x), y: top - 9, formula };
}

/** `24 · 2.49ᵏ, rounded` left of the last step, where there is always nothing else, or null. */
function stepsLabel(
  { design, stages }: Network,
  start: number,
  left: number,
  top: number,
  font: number,
  y: (width: number) => number,
): Label | null {
  const text = `${design.w0} · ${tidy(design.wm)}`;
  const last = stages.at(-1);
  const before = stages.at(-2);
  if (!last || !before) return null;
  const height = y(last.width);
  const room = y(last.width / Math.sqrt(design.wm)) - height;
  const wide = start - left - 12 >= textWidth(`${text}k, rounded`, font);
  if (!wide || room < font * 1.6 || height < top) return null;
  const formula: Piece[] = [text, { text: 'k', script: 1 }, ', rounded'];
  return { x: r(start - 6), y: r(height + font * 0.9), formula };
}

/** A number without needless decimals. */
function tidy(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Says where lines had to be left out, or null where every group is drawn. */
export function groupNote({ groupLines }: StageWidthsGeometry): string | null {
  const bundled = groupLines.filter(({ every }) => every > 1);
  if (bundled.length === 0) return null;
  const parts = bundled.map(({ stage, every }) => `every ${every} groups in stage ${stage}`);
  return `Groups too fine to draw: one line stands for ${parts.join(', ')}.`;
}
