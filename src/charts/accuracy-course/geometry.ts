import { line } from 'd3-shape';
import { scaleLinear, scaleLog } from 'd3-scale';
import { formatTick } from '../shared/format.ts';
import { SHEETS, r, type Layout, type Plot, type Slot, type Tick } from '../shared/svg.ts';
import { spread } from '../shared/text.ts';

/** What stands after so many pictures; shares from 0 to 1. */
export interface CoursePoint {
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** A published accuracy, 0 to 1. */
export interface PublishedLevel {
  readonly label: string;
  readonly share: number;
}

export interface CourseGeometry extends Plot {
  readonly line: string;
  readonly band: string;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly levels: readonly {
    readonly y: number;
    readonly label: string;
    readonly textY: number;
  }[];
  /** Where each point stands, with the strip of the plot that is its own. */
  readonly marks: readonly {
    readonly x: number;
    readonly y: number;
    readonly slot: Slot;
  }[];
}

const FRAMES: Readonly<
  Record<Layout, { width: number; plot: number; font: number; left: number }>
> = {
  wide: { ...SHEETS.wide, plot: 230, left: 56 },
  narrow: { ...SHEETS.narrow, plot: 200, left: 46 },
};
const TOP = 32;
const MARGIN = 14;
/** Intervals of fewer pictures reach over the whole scale, and would set it. */
const FIRST_COUNT = 30;
const PADDING = 0.01;

/** The drawing of an accuracy as pictures come in: their number across, on a logarithmic scale. */
export function courseGeometry(
  points: readonly CoursePoint[],
  total: number,
  published: readonly PublishedLevel[],
  layout: Layout,
): CourseGeometry {
  const { width, plot, font, left } = FRAMES[layout];
  const [right, baseline] = [width - MARGIN, TOP + plot];
  const first = points[0]?.count ?? 1;
  const x = scaleLog([first, Math.max(total, first * 2)], [left, right]).clamp(true);
  const settled = points.filter(({ count }) => count >= FIRST_COUNT);
  const seen = (settled.length > 0 ? settled : points).flatMap(({ low, high }) => [low, high]);
  const all = [...seen, ...published.map(({ share }) => share)];
  const low = Math.max(0, Math.min(1, ...all) - PADDING);
  const high = Math.min(1, Math.max(0, ...all) + PADDING);
  const y = scaleLinear(low < high ? [low, high] : [0, 1], [baseline, TOP])
    .nice(4)
    .clamp(true);
  const at = (point: CoursePoint) => x(point.count);
  const xs = points.map(at);
  const edge = (i: number): number => {
    const [before, after] = [xs[i - 1], xs[i]];
    if (before === undefined) return left;
    return after === undefined ? Math.min(right, before + 12) : (before + after) / 2;
  };
  const path = (level: (point: CoursePoint) => number, list = points) =>
    line<CoursePoint>()
      .x((point) => r(at(point)))
      .y((point) => r(y(level(point))))([...list]) ?? '';
  const upper = path(({ high: end }) => end);
  const lower = path(({ low: end }) => end, points.toReversed());
  return {
    width,
    height: Math.ceil(baseline + font * 3),
    font,
    left,
    right,
    top: TOP,
    baseline,
    line: path(({ share }) => share),
    band: upper === '' ? '' : `${upper}${lower.replace('M', 'L')}Z`,
    xTicks: countTicks(first, total, layout).map((count) => ({
      at: r(x(count)),
      label: formatTick(count),
    })),
    yTicks: y.ticks(4).map((share) => ({ at: r(y(share)), label: y.tickFormat(4, '%')(share) })),
    levels: apart(
      published.map(({ label, share }) => ({ label, y: r(y(share)) })),
      font + 3,
      [0, baseline],
    ),
    marks: points.map((point, i) => ({
      x: r(at(point)),
      y: r(y(point.share)),
      slot: { x: r(edge(i)), width: r(Math.max(0.5, edge(i + 1) - edge(i))) },
    })),
  };
}

/** Powers of ten between the ends, and the end itself where it has room. */
function countTicks(first: number, total: number, layout: Layout): number[] {
  const [from, to] = [Math.ceil(Math.log10(first)), Math.floor(Math.log10(Math.max(1, total)))];
  const powers = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => 10 ** (from + i));
  const last = powers.at(-1) ?? 0;
  const room = layout === 'wide' ? 1.6 : 2.5;
  return last * room < total ? [...powers, total] : powers;
}

/** Labels above their lines, moved so that none lies on another. */
function apart<T extends { readonly y: number }>(
  levels: readonly T[],
  step: number,
  ends: readonly [number, number],
): (T & { readonly textY: number })[] {
  const order = levels.toSorted((a, b) => a.y - b.y);
  const wanted = order.map(({ y }) => y - step / 2);
  const centres = spread(
    wanted,
    order.map(() => step),
    ends,
  );
  return order.map((level, i) => ({
    ...level,
    textY: r((centres?.[i] ?? wanted[i] ?? level.y) + step * 0.3),
  }));
}
