import { max } from 'd3-array';
import { hierarchy, partition, type HierarchyRectangularNode } from 'd3-hierarchy';
import { scaleLinear } from 'd3-scale';
import type { Cost } from '../../regnet/index.ts';
import { formatCount, formatShare, formatTick } from '../shared/format.ts';
import { r, type Box, type Layout } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';
import { OPERATORS, total, type Operator, type Part, type Target } from './parts.ts';

/** Whether numbers are counts or fractions of the whole. */
export type Mode = 'absolute' | 'share';

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { width: 720, font: 13, stages: 44, operators: 52, names: 104, values: 112, row: 25 },
  narrow: { width: 344, font: 12, stages: 40, operators: 46, names: 82, values: 100, row: 24 },
} as const satisfies Record<Layout, object>;

/** Room between a label and the edge of its cell. */
export const INSET = 6;

/** A rectangle that stands for a stage or for an operator in a stage. */
export interface Cell extends Box {
  readonly target: Target;
  readonly value: number;
  readonly share: number;
  /** The label, as many lines of it as fit. */
  readonly lines: readonly { readonly text: string; readonly y: number }[];
}

/** An operator's sum over all stages, as a bar divided by stage. */
export interface Row {
  readonly operator: Operator;
  readonly y: number;
  readonly value: number;
  /** The value in the chosen mode, and in the other one. */
  readonly label: string;
  readonly aside: string;
  readonly segments: readonly (Box & { readonly part: Part })[];
  readonly end: number;
}

export interface FlopBreakdownGeometry {
  readonly width: number;
  readonly height: number;
  readonly font: number;
  readonly total: string;
  /** Stages, each followed by its operators; stem and head fill both rows. */
  readonly cells: readonly Cell[];
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly headings: { readonly cells: number; readonly rows: number };
  readonly axis: {
    readonly top: number;
    readonly bottom: number;
    readonly ticks: readonly { readonly x: number; readonly label: string }[];
  };
}

interface Node {
  readonly target: Target | null;
  readonly part?: Part;
  readonly children?: Node[];
}

/** The drawing of a breakdown: an icicle of stages and operators, and below it sums by operator. */
export function flopBreakdown(
  parts: readonly Part[],
  cost: Cost,
  mode: Mode,
  layout: Layout,
): FlopBreakdownGeometry {
  const frame = FRAMES[layout];
  const { width, font } = frame;
  const whole = total(parts, cost);
  const label = (value: number, as: Mode): string =>
    as === 'share' ? formatShare(value / whole) : formatCount(value, 3);
  const top = r(font * 1.9);
  const cells = icicle(parts, cost, width).map((node): Cell => {
    const target = node.data.target ?? { kind: 'stage', stage: 0 };
    const box = cellBox(node, top, frame);
    const value = node.value ?? 0;
    return {
      target,
      ...box,
      value,
      share: value / whole,
      lines: fit(labels(target, label(value, mode)), box, font),
    };
  });
  const rowsTop = top + frame.stages + frame.operators + font * 2.9;
  const rows = operatorRows(parts, cost, frame, rowsTop).map((row) => ({
    ...row,
    label: label(row.value, mode),
    aside: label(row.value, mode === 'share' ? 'absolute' : 'share'),
  }));
  const bottom = rowsTop + rows.length * frame.row;
  return {
    width,
    height: Math.ceil(bottom + font * 1.8),
    font,
    total: mode === 'share' ? `100% = ${formatCount(whole)}` : formatCount(whole),
    cells,
    rows,
    rowHeight: frame.row,
    headings: { cells: r(font * 1.1), rows: r(rowsTop - font * 0.8) },
    axis: {
      top: r(rowsTop),
      bottom: r(bottom),
      ticks: ticks(rows, whole, mode, frame),
    },
  };
}

/** Stages and parts with their extents across, in reading order. */
function icicle(parts: readonly Part[], cost: Cost, width: number) {
  const stages: Node[] = [];
  for (const part of parts) {
    const target: Target = { kind: 'part', stage: part.stage, operator: part.operator };
    const leaf = { target, part };
    const last = stages.at(-1);
    if (part.stage === 0) stages.push(leaf);
    else if (last?.target?.kind === 'stage' && last.target.stage === part.stage)
      last.children?.push(leaf);
    else stages.push({ target: { kind: 'stage', stage: part.stage }, children: [leaf] });
  }
  const root = hierarchy<Node>({ target: null, children: stages }).sum((n) => n.part?.[cost] ?? 0);
  const placed = partition<Node>().size([width, 1])(root);
  const found: HierarchyRectangularNode<Node>[] = [];
  placed.eachBefore((node) => {
    if (node.depth > 0) found.push(node);
  });
  return found;
}

/** Stages stand in the upper row, their operators in the lower one; stem and head fill both. */
function cellBox(
  { depth, children, x0, x1 }: HierarchyRectangularNode<Node>,
  top: number,
  { stages, operators }: (typeof FRAMES)[Layout],
): Box {
  const across = { x: r(x0), width: r(x1 - x0) };
  if (depth === 2) return { ...across, y: r(top + stages), height: operators };
  return { ...across, y: top, height: children ? stages : stages + operators };
}

/** Labels of a cell from the fullest to the shortest. */
function labels(target: Target, value: string): string[][] {
  if (target.kind === 'stage')
    return [[`stage ${target.stage}`, value], [`stage ${target.stage}`], [String(target.stage)]];
  const { name, short } = target.operator;
  return [[name, value], [short, value], [short]];
}

function fit(candidates: readonly string[][], box: Box, font: number): Cell['lines'] {
  const room = box.width - 2 * INSET;
  const fitting = candidates.find(
    (lines) =>
      lines.every((text) => textWidth(text, font) <= room) &&
      lines.length * font * 1.35 <= box.height - INSET,
  );
  return (fitting ?? []).map((text, i) => ({ text, y: r(box.y + font * (1.35 + i * 1.3)) }));
}

function operatorRows(
  parts: readonly Part[],
  cost: Cost,
  { width, names, values, row }: (typeof FRAMES)[Layout],
  top: number,
): Omit<Row, 'label' | 'aside'>[] {
  const sums = OPERATORS.map((operator) => {
    const own = parts.filter((part) => part.operator === operator);
    return { operator, own, value: total(own, cost) };
  });
  const x = scaleLinear([0, max(sums, (s) => s.value) ?? 1], [names, width - values]);
  return sums.map(({ operator, own, value }, i) => {
    let before = 0;
    const y = top + i * row;
    const segments = own.map((part) => {
      const from = x(before);
      before += part[cost];
      const length = x(before) - from;
      return { part, x: r(from), y: r(y + 3), width: r(length), height: row - 6 };
    });
    return { operator, y: r(y), value, segments, end: r(x(value)) };
  });
}

/** Ticks of the bars' axis, as many as stand apart. */
function ticks(
  rows: readonly { value: number }[],
  whole: number,
  mode: Mode,
  { width, names, values, font }: (typeof FRAMES)[Layout],
): { x: number; label: string }[] {
  const most = max(rows, (row) => row.value) ?? 1;
  const unit = mode === 'share' ? 100 / whole : 1;
  const x = scaleLinear([0, most * unit], [names, width - values]);
  const text = (value: number) => (mode === 'share' ? `${value}%` : formatTick(value));
  const apart = (count: number) => {
    const [first = 0, second = most * unit] = x.ticks(count);
    const widest = Math.max(...x.ticks(count).map((value) => textWidth(text(value), font)));
    return x(second) - x(first) > widest + font;
  };
  const count = [5, 4, 3, 2].find(apart) ?? 1;
  return x.ticks(count).map((value) => ({ x: r(x(value)), label: text(value) }));
}
