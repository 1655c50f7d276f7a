import { extent } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { Training } from '../../zoo/schema.ts';
import { formatDifference } from '../shared/format.ts';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';

/** One published accuracy of a variant. */
export interface Dot {
  /** Whose weights. */
  readonly training: Training;
  /** Who measured, where others than those who trained did. */
  readonly by: string | null;
  /** Top-1, percent. */
  readonly accuracy: number;
  /**
   * Points from where the row begins to count: of a training, from pycls's; of a measurement, from
   * the first one of the same weights.
   */
  readonly apart: number;
  /** Whether it was measured on a sample of the validation set only. */
  readonly sample: boolean;
  /** The id of its passport, and what it is. */
  readonly passport: string;
  readonly label: string;
}

/** All that is published of one design. */
export interface DotRow {
  readonly id: string;
  /** `200MF` */
  readonly name: string;
  readonly trainings: readonly Dot[];
  readonly again: readonly Dot[];
  /** The paper's five trainings, from pycls's published one: middle and 1.96 deviations, points. */
  readonly five: { readonly middle: number; readonly half: number };
}

/** What a training is called in the key, in the order of the rows' dots. */
export interface KeyEntry {
  readonly training: Training;
  readonly name: string;
}

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { ...SHEETS.wide, row: 26, left: 58, right: 10, gap: 34, stacked: false },
  narrow: { ...SHEETS.narrow, row: 22, left: 50, right: 8, gap: 52, stacked: true },
} as const satisfies Record<Layout, object>;

/** Half the height of a mark. */
export const RADIUS = 4.5;

interface Placed {
  readonly dot: Dot;
  readonly x: number;
  readonly y: number;
}

export interface PlacedRow extends DotRow {
  readonly dots: readonly Placed[];
  readonly fiveBox: Box;
  /** What answers to the pointer, in each panel, and where the name stands. */
  readonly hits: readonly Box[];
  readonly names: readonly { readonly x: number; readonly y: number }[];
  /** From the first to the last dot, in each panel. */
  readonly reaches: readonly { readonly y: number; readonly x1: number; readonly x2: number }[];
}

export interface PanelFrame {
  readonly title: string;
  readonly axis: string;
  /** Where title and axis begin: at the left, or as far before it as they need to end in the picture. */
  readonly titleX: number;
  readonly axisX: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly zero: number;
  readonly ticks: readonly Tick[];
}

export interface TrainingsGeometry extends Sheet {
  readonly key: readonly (KeyEntry & { readonly x: number; readonly y: number })[];
  readonly panels: readonly PanelFrame[];
  readonly rows: readonly PlacedRow[];
}

/**
 * Two panels with a row a design, a point of accuracy as wide in both: trainings around pycls's, and
 * measurements around the first one of the same weights. Side by side, or stacked where narrow.
 */
export function trainingsPlot(
  rows: readonly DotRow[],
  key: readonly KeyEntry[],
  layout: Layout,
): TrainingsGeometry {
  const frame = FRAMES[layout];
  const { width, font, row: height, left, right, gap, stacked } = frame;
  const placedKey = keyOf(key, frame);
  const keyBottom = (placedKey.at(-1)?.y ?? 0) + font * 0.8;
  const domains = [
    domainOf(rows.flatMap((row) => [...row.trainings.map((dot) => dot.apart), ...ends(row.five)])),
    domainOf(rows.flatMap((row) => row.again.map((dot) => dot.apart))),
  ] as const;
  const [first, second] = domains.map(([low, high]) => high - low);
  const room = width - left - right - (stacked ? 0 : gap);
  const point = room / (stacked ? Math.max(first ?? 1, second ?? 1) : (first ?? 1) + (second ?? 1));
  const tall = rows.length * height;
  const tops = [keyBottom + font * 2.2, keyBottom + font * 2.2 + (stacked ? tall + gap + font : 0)];
  const lefts = [left, stacked ? left : left + (first ?? 0) * point + gap];
  const scales = domains.map(([low, high], i) => {
    const from = lefts[i] ?? left;
    return scaleLinear([low, high], [from, from + (high - low) * point]);
  });
  const panels = scales.map((x, i) => panelOf(x, i, tops[i] ?? 0, tall, frame));
  return {
    width,
    height: Math.ceil((panels.at(-1)?.bottom ?? 0) + font * 3.1),
    font,
    key: placedKey,
    panels,
    rows: rows.map((row, i) => placeRow(row, i, { scales, panels, height, stacked, font })),
  };
}

const TITLES = ['trained', 'the same weights, measured again'] as const;
/** How much wider bold letters are than those that `textWidth` knows. */
const BOLD = 1.08;
const AXES = ['points from pycls’s training', 'from the first measurement'] as const;

function panelOf(
  x: ScaleLinear<number, number>,
  index: number,
  top: number,
  tall: number,
  { width, font }: { readonly width: number; readonly font: number },
): PanelFrame {
  const [left = 0, right = 0] = x.range();
  const [title, axis] = [TITLES[index] ?? '', AXES[index] ?? ''];
  const beginning = (text: string) => r(Math.min(left, width - textWidth(text, BOLD * font)));
  const [low = 0, high = 0] = x.domain();
  const whole = Array.from(
    { length: Math.floor(high) - Math.ceil(low) + 1 },
    (_, i) => Math.ceil(low) + i,
  );
  return {
    title,
    axis,
    titleX: beginning(title),
    axisX: beginning(axis),
    left: r(left),
    right: r(right),
    top: r(top),
    bottom: r(top + tall),
    zero: r(x(0)),
    ticks: whole.map((value) => ({
      at: r(x(value)),
      label: value === 0 ? '0' : formatDifference(value).replace('.00', ''),
    })),
  };
}

interface Ground {
  readonly scales: readonly ScaleLinear<number, number>[];
  readonly panels: readonly PanelFrame[];
  readonly height: number;
  readonly stacked: boolean;
  readonly font: number;
}

function placeRow(
  row: DotRow,
  index: number,
  { scales, panels, height, stacked, font }: Ground,
): PlacedRow {
  const groups = [row.trainings, row.again];
  const ys = panels.map((panel) => r(panel.top + (index + 0.5) * height));
  const at = (panel: number, value: number) => r(scales[panel]?.(value) ?? 0);
  const [low, high] = ends(row.five);
  return {
    ...row,
    dots: groups.flatMap((dots, panel) =>
      dots.map((dot) => ({ dot, x: at(panel, dot.apart), y: ys[panel] ?? 0 })),
    ),
    fiveBox: {
      x: at(0, low),
      y: r((ys[0] ?? 0) - height * 0.38),
      width: r(at(0, high) - at(0, low)),
      height: r(height * 0.76),
    },
    hits: panels.map((panel, i) => {
      const x = i === 0 || stacked ? 0 : panel.left - RADIUS;
      return {
        x: r(x),
        y: r((ys[i] ?? 0) - height / 2),
        width: r(panel.right + RADIUS - x),
        height,
      };
    }),
    names: (stacked ? ys : ys.slice(0, 1)).map((y) => ({ x: r(font * 0.3), y })),
    reaches: groups.flatMap((dots, panel) => {
      const [x1, x2] = extent([0, ...dots.map((dot) => dot.apart)]);
      if (dots.length === 0 || x1 === undefined) return [];
      return [{ y: ys[panel] ?? 0, x1: at(panel, x1), x2: at(panel, x2) }];
    }),
  };
}

const ends = ({ middle, half }: DotRow['five']): [number, number] => [middle - half, middle + half];

/** From a little less than the least to a little more than the most, zero included. */
function domainOf(values: readonly number[]): readonly [number, number] {
  const [low = 0, high = 0] = extent([0, ...values]);
  return [low - 0.12, high + 0.12];
}

/** The key in lines: a mark and a name, one after another. */
function keyOf(key: readonly KeyEntry[], { width, font }: { width: number; font: number }) {
  let [x, y] = [RADIUS + 2, font * 0.8];
  return key.map((entry) => {
    const wide = textWidth(entry.name, font) + 2 * RADIUS + font * 1.6;
    if (x + wide > width + font) [x, y] = [RADIUS + 2, y + font * 1.6];
    const placed = { ...entry, x: r(x), y: r(y) };
    x += wide;
    return placed;
  });
}
