import { extent, max } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Complexity, Cost } from '../../regnet/index.ts';
import { formatTick } from '../shared/format.ts';
import { r, type Box, type Layout } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';
import { labelBox, placeLabels, type PlacedLabel } from './labels.ts';

/** A variant's costs, and its top-1 accuracies in percent. */
export interface Candidate extends Complexity {
  readonly id: string;
  /** `200MF` */
  readonly name: string;
  readonly ours: number;
  readonly official: number;
}

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { width: 720, height: 430, left: 46, right: 12, top: 30, bottom: 48, font: 13 },
  narrow: { width: 344, height: 390, left: 40, right: 6, top: 28, bottom: 44, font: 12 },
} as const satisfies Record<Layout, object>;

/** Half the width of what answers to the pointer around a pair, and of a mark itself. */
export const HALO = 11;
export const RADIUS = 5.5;

export interface Pair {
  readonly candidate: Candidate;
  readonly x: number;
  readonly ours: number;
  readonly official: number;
  /** Relative to x, like its box. */
  readonly label: PlacedLabel;
  readonly labelBox: Box;
}

export interface ScatterGeometry {
  readonly width: number;
  readonly height: number;
  readonly font: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
  /** In the order given. */
  readonly pairs: readonly Pair[];
  /** What the two marks are, written beside the pair that lies furthest apart. */
  readonly series: readonly PlacedLabel[];
}

/** The drawing of accuracy against a cost on a logarithmic scale: two marks a variant, joined. */
export function accuracyScatter(
  candidates: readonly Candidate[],
  cost: Cost,
  layout: Layout,
): ScatterGeometry {
  const { width, height, font, left, right: margin, top, bottom: foot } = FRAMES[layout];
  const right = width - margin;
  const bottom = height - foot;
  const [least = 1, most = 10] = extent(candidates, (c) => c[cost]);
  const x = scaleLog([least / 1.7, most * 1.45], [left, right]);
  const accuracies = candidates.flatMap((c) => [c.ours, c.official]);
  const [low = 0, high = 100] = extent(accuracies);
  const y = scaleLinear([Math.floor(low) - 1, Math.ceil(high)], [bottom, top]);
  const marks = candidates.map((c) => ({
    x: r(x(c[cost])),
    ours: r(y(c.ours)),
    official: r(y(c.official)),
  }));
  const series = seriesLabels(marks, font);
  const placed = placeLabels(
    candidates.map((c, i) => ({ text: c.name, ...(marks[i] ?? { x: 0, ours: 0, official: 0 }) })),
    { bounds: { x: left, y: top - font, width: right - left, height: bottom - top + font }, font },
    series,
  );
  return {
    width,
    height,
    font,
    left,
    right,
    top,
    bottom,
    xTicks: costTicks(x, width, font),
    yTicks: y.ticks(7).map((value) => ({ y: r(y(value)), label: `${value}%` })),
    pairs: candidates.map((candidate, i) => {
      const { x: at, ours, official } = marks[i] ?? { x: 0, ours: 0, official: 0 };
      const beside = placed[i] ?? { x: at, y: ours, anchor: 'start', text: candidate.name };
      const label = { ...beside, x: r(beside.x - at) };
      return {
        candidate,
        x: at,
        ours,
        official,
        label,
        labelBox: rounded(labelBox(label, font)),
      };
    }),
    series,
  };
}

function rounded({ x, y, width, height }: Box): Box {
  return { x: r(x), y: r(y), width: r(width), height: r(height) };
}

/** `ours` and `official` right of the pair that lies furthest apart. */
function seriesLabels(
  marks: readonly { x: number; ours: number; official: number }[],
  font: number,
): PlacedLabel[] {
  const apart = ({ ours, official }: { ours: number; official: number }) =>
    Math.abs(ours - official);
  const widest = max(marks, apart) ?? 0;
  const pair = marks.find((m) => apart(m) === widest);
  if (!pair || widest < font) return [];
  const shared = { x: pair.x + RADIUS + 4, anchor: 'start' } as const;
  return [
    { ...shared, text: 'official', y: pair.official },
    { ...shared, text: 'ours', y: pair.ours },
  ];
}

/** Powers of ten and their doubles and fives, as many as stand apart. */
function costTicks(x: ReturnType<typeof scaleLog<number, number>>, width: number, font: number) {
  const [low = 1, high = 10] = x.domain();
  const decades = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
  const fitting = [[1, 2, 5], [1, 3], [1]].map((steps) =>
    decades
      .flatMap((decade) => steps.map((step) => step * decade))
      .filter((value) => value >= low && value <= high)
      .map((value) => ({ x: r(x(value)), label: formatTick(value) }))
      .filter((tick) => tick.x + textWidth(tick.label, font) / 2 <= width),
  );
  const apart = (ticks: readonly { x: number; label: string }[]) =>
    ticks.every(({ x: at, label }, i) => {
      const before = ticks[i - 1];
      return (
        !before || at - before.x > (textWidth(label, font) + textWidth(before.label, font)) / 2 + 4
      );
    });
  return fitting.find(apart) ?? [];
}
