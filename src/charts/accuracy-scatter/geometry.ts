import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Scale } from '../../zoo/choice-query.ts';
import { paretoFront, WEIGHTS, type Weights } from '../../zoo/choice.ts';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import type { Text } from '../shared/units.ts';
import { labelBox, placeLabels, type PlacedLabel, type Wanted } from './labels.ts';
import { costTicks } from './ticks.ts';

/** A variant with one training's weights, in the plane of cost and accuracy. */
export interface Candidate {
  /** The variant's id. */
  readonly id: string;
  /** `200MF` */
  readonly name: string;
  readonly weights: Weights;
  readonly cost: number;
  /** Top-1, percent. */
  readonly accuracy: number;
  /** Half-width of its 95% interval, percentage points. */
  readonly interval: number;
  /** Whether the answer may name it: its weights can be had, or the reader counts lost ones. */
  readonly counted: boolean;
  /** The cost of the second budget; null where there is none, or it is not known. */
  readonly second: number | null;
  /** Whether it keeps within the second budget. */
  readonly allowed: boolean;
}

/** A backbone of another family in the same plane. */
export interface OtherCandidate {
  readonly name: string;
  readonly label?: string;
  readonly cost: number;
  readonly accuracy: number;
  /** The id of its passport. */
  readonly passport: string;
}

/** How the plane is drawn. */
export interface Frame {
  readonly layout: Layout;
  readonly scale: Scale;
  /** How a cost is written on the axis. */
  readonly tick: (value: number) => Text;
}

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { ...SHEETS.wide, height: 450, left: 46, right: 12, top: 34, bottom: 48 },
  narrow: { ...SHEETS.narrow, height: 470, left: 38, right: 6, top: 32, bottom: 44 },
} as const satisfies Record<Layout, object>;

/** Half the width of what answers to the pointer around a mark, and of a mark itself. */
export const HALO = 11;
export const RADIUS = 5.5;
/** The radius of a mark of another family. */
export const OTHER = 3;

export interface PlacedMark {
  readonly candidate: Candidate;
  /** Relative to its cluster: 0 but where the network differs. */
  readonly dx: number;
  readonly y: number;
  /** The ends of the 95% interval. */
  readonly high: number;
  readonly low: number;
}

/** The marks of one variant, one above the other. */
export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly marks: readonly PlacedMark[];
  /** Joins the marks, from the least to the most accurate. */
  readonly join: string;
  /** Relative to x, like its box. */
  readonly label: PlacedLabel;
  readonly labelBox: Box;
  /** Leads from a mark to a label that does not stand beside it; null where it does. */
  readonly leader: string | null;
  readonly hit: Box;
}

export interface ScatterGeometry extends Sheet {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly Tick<Text>[];
  readonly yTicks: readonly Tick[];
  /** One a variant, in the order of the candidates. */
  readonly clusters: readonly Cluster[];
  /** Backbones of other families, where they are shown. */
  readonly others: readonly (OtherCandidate & { readonly x: number; readonly y: number })[];
  /** The Pareto line, a staircase: the most that can be had up to each cost. */
  readonly front: string;
  /** What the marks are, each beside one of its kind; and what the line is. */
  readonly notes: readonly PlacedLabel[];
  /** Where a cost stands, within the plot. */
  readonly place: (cost: number) => number;
}

const NAMES: Readonly<Record<Weights, string>> = {
  ours: 'ours',
  official: 'official',
  v2: 'torchvision V2',
};
const FRONT_NAME = 'Pareto line';

/** The drawing of accuracy against a cost: marks with their intervals, and the Pareto line. */
export function accuracyScatter(
  candidates: readonly Candidate[],
  frame: Frame,
  others: readonly OtherCandidate[] = [],
): ScatterGeometry {
  const { width, height, font, left, right: margin, top, bottom: foot } = FRAMES[frame.layout];
  const right = width - margin;
  const bottom = height - foot;
  const shown = [...candidates, ...others];
  const x = costScale(shown, frame.scale, [left, right]);
  const [low = 0, high = 100] = extent(shown, (c) => c.accuracy);
  const y = scaleLinear([Math.floor(low) - 1, Math.ceil(high + 0.5)], [bottom, top]);
  const bare = clustersOf(candidates, x, y);
  const steps = paretoFront(candidates.filter(({ counted }) => counted)).map((c) => ({
    x: r(x(c.cost)),
    y: r(y(c.accuracy)),
  }));
  const marks = bare.flatMap((cluster) =>
    cluster.marks.map((mark) => markBox(cluster.x + mark.dx, mark)),
  );
  const grey = others.map((other) => ({ ...other, x: r(x(other.cost)), y: r(y(other.accuracy)) }));
  const wanted = [...bare.map(nameWanted), ...seriesWanted(bare), ...othersWanted(grey)];
  const summit = Math.min(
    ...bare.flatMap((c) => c.marks.map((m) => Math.min(m.high, m.y - RADIUS))),
  );
  const frontLabel = { x: right, y: r(summit - font * 0.75), anchor: 'end' } as const;
  const labels = placeLabels(wanted, {
    bounds: { x: left, y: top - font, width: right - left, height: bottom - top + font },
    font,
    obstacles: [
      ...marks,
      ...grey.map(({ x, y }) => ({ x: x - 4, y: y - 4, width: 8, height: 8 })),
      labelBox({ ...frontLabel, text: FRONT_NAME }, font),
    ],
    lines: stairBoxes(steps, right),
  });
  const names = labels.slice(0, bare.length);
  const series = labels.slice(bare.length);
  return {
    width,
    height,
    font,
    left,
    right,
    top,
    bottom,
    xTicks: costTicks(x, frame, { width, font }),
    yTicks: y.ticks(7).map((value) => ({ at: r(y(value)), label: `${value}%` })),
    clusters: bare.map((cluster, i) => {
      const beside = names[i] ?? { x: cluster.x, y: top, anchor: 'start', text: cluster.name };
      const label = { ...beside, x: r(beside.x - cluster.x) };
      const box = rounded(labelBox(label, font));
      return {
        ...cluster,
        label,
        labelBox: box,
        leader: leaderTo(box, nameWanted(cluster), cluster.x),
      };
    }),
    others: grey,
    front: staircase(steps, right),
    notes: [...series, { ...frontLabel, text: FRONT_NAME }],
    place: (cost) => r(Math.min(Math.max(x(cost), left), right)),
  };
}

function costScale(
  candidates: readonly { readonly cost: number }[],
  scale: Scale,
  range: [number, number],
) {
  const [least = 1, most = 10] = extent(candidates, (c) => c.cost);
  return scale === 'log'
    ? scaleLog([least / 1.7, most * 1.45], range)
    : scaleLinear([0, most * 1.08], range);
}

type Bare = Omit<Cluster, 'label' | 'labelBox' | 'leader'>;

function clustersOf(
  candidates: readonly Candidate[],
  x: (cost: number) => number,
  y: (accuracy: number) => number,
): Bare[] {
  const ids = [...new Set(candidates.map((c) => c.id))];
  return ids.flatMap((id) => {
    const own = candidates.filter((c) => c.id === id);
    const [first] = own;
    if (!first) return [];
    const at = r(x(first.cost));
    const marks = own.map((candidate) => ({
      candidate,
      dx: r(x(candidate.cost) - at),
      y: r(y(candidate.accuracy)),
      high: r(y(candidate.accuracy + candidate.interval)),
      low: r(y(candidate.accuracy - candidate.interval)),
    }));
    const rising = [...marks].sort((a, b) => b.y - a.y);
    const [top = 0, bottom = 0] = extent(marks, (mark) => mark.y);
    const [west = 0, east = 0] = extent(marks, (mark) => mark.dx);
    return {
      id,
      name: first.name,
      x: at,
      marks,
      join: `M${rising.map((mark) => `${mark.dx},${mark.y}`).join('L')}`,
      hit: {
        x: r(west - HALO),
        y: r(top - HALO),
        width: r(east - west + 2 * HALO),
        height: r(bottom - top + 2 * HALO),
      },
    };
  });
}

/** The box that a mark fills, with its interval. */
export function markBox(x: number, { y, high, low }: Omit<PlacedMark, 'candidate' | 'dx'>): Box {
  const top = Math.min(high, y - RADIUS);
  return {
    x: x - RADIUS - 1,
    y: top,
    width: 2 * RADIUS + 2,
    height: Math.max(low, y + RADIUS) - top,
  };
}

/** A variant's name belongs beside the trainings that all variants have, else beside any. */
function nameWanted({ name, x, marks }: Bare): Wanted {
  const pair = marks.filter((mark) => mark.candidate.weights !== 'v2');
  const shown = pair.length > 0 ? pair : marks;
  const dx = shown[0]?.dx ?? 0;
  const [top = 0] = extent(shown, (mark) => Math.min(mark.high, mark.y - RADIUS));
  const bottom = Math.max(...shown.map((mark) => Math.max(mark.low, mark.y + RADIUS)));
  return { text: name, x: r(x + dx), top, bottom };
}

/** The shortest way from a column of marks to the box of its label, both relative to `x`. */
function leaderTo(box: Box, { top, bottom, ...own }: Wanted, x: number): string | null {
  const at = own.x - x;
  const nearest = (low: number, high: number, value: number) =>
    Math.min(Math.max(value, low), high);
  const y = nearest(top + RADIUS, bottom - RADIUS, box.y + box.height / 2);
  const toX = nearest(box.x, box.x + box.width, at);
  const toY = nearest(box.y + 2, box.y + box.height - 2, y);
  return Math.hypot(toX - at, toY - y) < 2 * HALO ? null : `M${r(at)},${r(y)}L${r(toX)},${r(toY)}`;
}

/** What a kind of mark is: beside the first of its kind, V2 beside one with more room. */
function seriesWanted(clusters: readonly Bare[]): Wanted[] {
  return WEIGHTS.flatMap((weights) => {
    const kind = clusters.flatMap(({ x, marks }) =>
      marks
        .filter((mark) => mark.candidate.weights === weights)
        .map(({ dx, y }) => ({ x: r(x + dx), top: y - RADIUS, bottom: y + RADIUS })),
    );
    const mark = weights === 'v2' ? kind.at(-2) : kind[0];
    return mark ? [{ ...mark, text: NAMES[weights] }] : [];
  });
}

/** The names of backbones that readers know, beside their marks. */
function othersWanted(
  others: readonly { readonly label?: string; readonly x: number; readonly y: number }[],
): Wanted[] {
  return others.flatMap(({ label, x, y }) =>
    label === undefined ? [] : [{ text: label, x, top: y - OTHER, bottom: y + OTHER }],
  );
}

interface Step {
  readonly x: number;
  readonly y: number;
}

function staircase(steps: readonly Step[], right: number): string {
  const [first, ...others] = steps;
  if (!first) return '';
  return `M${first.x},${first.y}${others.map(({ x, y }) => `H${x}V${y}`).join('')}H${right}`;
}

/** The treads and risers as thin boxes. */
function stairBoxes(steps: readonly Step[], right: number): Box[] {
  return steps.flatMap(({ x, y }, i) => {
    const next = steps[i + 1];
    const end = next?.x ?? right;
    const riser = next ? [{ x: end, y: next.y, width: 1, height: y - next.y }] : [];
    return [{ x, y: y - 0.5, width: end - x, height: 1 }, ...riser];
  });
}

function rounded({ x, y, width, height }: Box): Box {
  return { x: r(x), y: r(y), width: r(width), height: r(height) };
}
