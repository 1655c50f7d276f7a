import { max } from 'd3-array';
import { hierarchy, partition } from 'd3-hierarchy';
import { scaleLinear } from 'd3-scale';
import type { Cost } from '../../regnet/index.ts';
import { formatCount, formatShare, formatTick } from '../shared/format.ts';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';
import { formatCost, inUnit, say, type Text } from '../shared/units.ts';
import type { Node } from './tree.ts';

/** Whether numbers are counts or fractions of the whole. */
export type Mode = 'absolute' | 'share';

/**
 * Measures of a layout, in the units of its view box: room for the names of the kinds and for their
 * values, the height of their bars, and the heights of stages, blocks and layers.
 */
const FRAMES = {
  wide: { ...SHEETS.wide, names: 96, values: 112, row: 25, levels: [42, 24, 44] },
  narrow: { ...SHEETS.narrow, names: 82, values: 100, row: 24, levels: [40, 22, 40] },
} as const satisfies Record<Layout, object>;

/** Room between a label and the edge of its cell; less for the numbers of blocks, which are many. */
export const INSET = 6;
const NARROW_INSET = 3;
/** The line between cells, thinner where they are narrow. */
const GAP = { most: 1.5, share: 0.2 };

/** A rectangle as wide as what it stands for costs. */
export interface Cell extends Box {
  readonly node: Node;
  readonly share: number;
  /** The width of the line in the colour of the ground around it. */
  readonly gap: number;
  /** The label, as many lines of it as fit. */
  readonly lines: readonly { readonly text: Text; readonly x: number; readonly y: number }[];
}

/** A kind of layer, as a bar divided by stage. */
export interface Row {
  readonly node: Node;
  readonly y: number;
  /** The value in the chosen mode, and in the other one. */
  readonly label: Text;
  readonly aside: Text;
  readonly segments: readonly (Box & { readonly node: Node })[];
  readonly end: number;
}

export interface FlopBreakdownGeometry extends Sheet {
  readonly total: Text;
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  /** Stages, each followed by its blocks, and these by their layers; stem and fc fill all rows. */
  readonly cells: readonly Cell[];
  readonly headings: { readonly rows: number; readonly cells: number };
  readonly axis: {
    readonly top: number;
    readonly bottom: number;
    readonly ticks: readonly Tick<Text>[];
  };
}

/** The drawing of a breakdown: sums by kind of layer, and an icicle of stages, blocks and layers. */
export function flopBreakdown(
  tree: Node,
  kinds: readonly Node[],
  cost: Cost,
  mode: Mode,
  layout: Layout,
): FlopBreakdownGeometry {
  const frame = FRAMES[layout];
  const { width, font } = frame;
  const whole = tree[cost];
  const label = (value: number, as: Mode): Text =>
    as === 'share' ? formatShare(value / whole) : formatCost(cost, value, (n) => formatCount(n, 3));
  const top = r(font * 1.9);
  const rows = kindRows(kinds, cost, frame, top).map((row): Row => ({
    ...row,
    label: label(row.node[cost], mode),
    aside: label(row.node[cost], mode === 'share' ? 'absolute' : 'share'),
  }));
  const bottom = top + rows.length * frame.row;
  const icicleTop = r(bottom + font * 4.1);
  const icicleBottom = icicleTop + frame.levels.reduce((sum, height) => sum + height, 0);
  const total = formatCost(cost, whole);
  return {
    width,
    height: Math.ceil(icicleBottom + 2),
    font,
    total: mode === 'share' ? say`100% = ${total}` : total,
    rows,
    rowHeight: frame.row,
    cells: icicle(tree, cost, width).map(({ node, x0, x1 }): Cell => {
      const box = cellBox(node, x0, x1, icicleTop, frame.levels);
      return {
        node,
        ...box,
        share: node[cost] / whole,
        gap: r(Math.min(GAP.most, (x1 - x0) * GAP.share)),
        lines: fit(labelsOf(node, label(node[cost], mode)), box, font, insetOf(node)),
      };
    }),
    headings: { rows: r(font * 1.1), cells: r(icicleTop - font * 0.8) },
    axis: { top, bottom: r(bottom), ticks: ticks(kinds, cost, whole, mode, frame) },
  };
}

/** The nodes below the root with their extents across, each before what it is made of. */
function icicle(
  tree: Node,
  cost: Cost,
  width: number,
): { readonly node: Node; readonly x0: number; readonly x1: number }[] {
  const root = hierarchy(tree, ({ children }) => children).sum(({ layer }) => layer?.[cost] ?? 0);
  const found: { node: Node; x0: number; x1: number }[] = [];
  partition<Node>()
    .size([width, 1])(root)
    .eachBefore(({ depth, data, x0, x1 }) => {
      if (depth > 0) found.push({ node: data, x0, x1 });
    });
  return found;
}

/** Stages stand in the first row, blocks below them, then layers; stem and fc fill all three. */
function cellBox(
  { level, layer }: Node,
  x0: number,
  x1: number,
  top: number,
  [stages, blocks, layers]: readonly [number, number, number],
): Box {
  const across = { x: r(x0), width: r(x1 - x0) };
  if (level === 1) return { ...across, y: top, height: layer ? stages + blocks + layers : stages };
  if (level === 2) return { ...across, y: r(top + stages), height: blocks };
  return { ...across, y: r(top + stages + blocks), height: layers };
}

/** Labels of a cell from the fullest to the shortest. */
function labelsOf({ own, short, level }: Node, value: Text): Text[][] {
  if (level === 2) return [[own], [short]];
  return [[own, value], [short, value], [own], [short]];
}

function insetOf({ level }: Node): number {
  return level === 2 ? NARROW_INSET : INSET;
}

function fit(candidates: readonly Text[][], box: Box, font: number, inset: number): Cell['lines'] {
  const room = box.width - 2 * inset;
  const fitting = candidates.find(
    (lines) =>
      lines.every((text) => widest(text, font) <= room) &&
      lines.length * font * 1.35 <= box.height - INSET / 2,
  );
  return (fitting ?? []).map((text, i) => ({
    text,
    x: r(box.x + inset),
    y: r(box.y + font * (1.3 + i * 1.3)),
  }));
}

/** The width of a text in the unit in which it is wider. */
export function widest(text: Text, font: number): number {
  return Math.max(textWidth(inUnit(text, '1x'), font), textWidth(inUnit(text, '2x'), font));
}

function kindRows(
  kinds: readonly Node[],
  cost: Cost,
  { width, names, values, row }: (typeof FRAMES)[Layout],
  top: number,
): Omit<Row, 'label' | 'aside'>[] {
  const x = scaleLinear([0, max(kinds, (kind) => kind[cost]) ?? 1], [names, width - values]);
  return kinds.map((node, i) => {
    let before = 0;
    const y = top + i * row;
    const segments = node.children.map((part) => {
      const from = x(before);
      before += part[cost];
      const length = x(before) - from;
      return { node: part, x: r(from), y: r(y + 3), width: r(length), height: row - 6 };
    });
    return { node, y: r(y), segments, end: r(x(node[cost])) };
  });
}

/** Ticks of the bars' axis, as many as stand apart. */
function ticks(
  kinds: readonly Node[],
  cost: Cost,
  whole: number,
  mode: Mode,
  { width, names, values, font }: (typeof FRAMES)[Layout],
): Tick<Text>[] {
  const most = max(kinds, (kind) => kind[cost]) ?? 1;
  const unit = mode === 'share' ? 100 / whole : 1;
  const x = scaleLinear([0, most * unit], [names, width - values]);
  const text = (value: number): Text =>
    mode === 'share' ? `${value}%` : formatCost(cost, value, formatTick);
  const apart = (count: number) => {
    const [first = 0, second = most * unit] = x.ticks(count);
    const room = Math.max(...x.ticks(count).map((value) => widest(text(value), font)));
    return x(second) - x(first) > room + font;
  };
  const count = [5, 4, 3, 2].find(apart) ?? 1;
  return x.ticks(count).map((value) => ({ at: r(x(value)), label: text(value) }));
}
