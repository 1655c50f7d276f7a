import { extent } from 'd3-array';
import { scaleLog, type ScaleLogarithmic } from 'd3-scale';
import { COSTS, type Cost } from '../../regnet/index.ts';
import { correlationWith, rateSpread, type Timed } from '../../zoo/timing.ts';
import { shortName } from '../../zoo/models.ts';
import { formatTick } from '../shared/format.ts';
import { SHEETS, r, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { formatCost, type Text } from '../shared/units.ts';

/** Measures of a layout, in the units of its view box: panels beside or below each other. */
const FRAMES = {
  wide: { ...SHEETS.wide, left: 40, gap: 22, across: 3, panel: 216 },
  narrow: { ...SHEETS.narrow, left: 40, gap: 0, across: 1, panel: 176 },
} as const satisfies Record<Layout, object>;

/** One variant's dot. */
export interface Dot {
  readonly timed: Timed;
  readonly x: number;
  readonly y: number;
  /** The variant's name, where it is written beside the dot: of the first and the last. */
  readonly label: {
    readonly text: string;
    readonly x: number;
    readonly anchor: 'start' | 'end';
  } | null;
}

/** The times against one cost, both on logarithmic scales. */
export interface Panel {
  readonly cost: Cost;
  readonly correlation: number;
  readonly spread: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly dots: readonly Dot[];
  readonly xTicks: readonly Tick<Text>[];
  readonly yTicks: readonly Tick<Text>[];
  /** Whether it is the first of its row, whose scale of time holds for all. */
  readonly leads: boolean;
  /** Where the dots would lie if time were proportional to the cost. */
  readonly proportional: string;
}

export interface TimeGeometry extends Sheet {
  readonly panels: readonly Panel[];
}

/** A panel a cost, on common scales of time. */
export function timeAgainstCost(timed: readonly Timed[], layout: Layout): TimeGeometry {
  const { width, font, left, gap, across, panel } = FRAMES[layout];
  const head = r(font * 3.2);
  const pitch = head + panel + font * 2.4;
  const each = (width - left - gap * (across - 1) - 8) / across;
  const panels = COSTS.map((cost, i) => {
    const column = i % across;
    const row = (i - column) / across;
    const x = left + column * (each + gap);
    const top = r(row * pitch + head);
    const frame = { left: r(x), right: r(x + each), top, bottom: r(top + panel) };
    return panelOf(timed, cost, { ...frame, leads: column === 0 });
  });
  const height = Math.ceil((COSTS.length / across) * pitch);
  return { width, height, font, panels };
}

type Frame = Pick<Panel, 'left' | 'right' | 'top' | 'bottom' | 'leads'>;

function panelOf(timed: readonly Timed[], cost: Cost, frame: Frame): Panel {
  const { left, right, top, bottom } = frame;
  const costs = timed.map(({ complexity }) => complexity[cost]);
  const times = timed.map(({ ms }) => ms);
  const x = logarithmic(costs, [left, right]);
  const y = logarithmic(times, [bottom, top]);
  const rate = Math.exp(mean(times.map((ms, i) => Math.log(ms / (costs[i] ?? 1)))));
  const [low = 1, high = 10] = y.domain();
  const within = (ms: number) => Math.min(Math.max(ms, low), high);
  const ends = x.domain().map((value) => within(value * rate));
  const line = ends.map((ms) => `${r(x(ms / rate))},${r(y(ms))}`);
  return {
    ...frame,
    cost,
    correlation: correlationWith(cost, timed),
    spread: rateSpread(cost, timed),
    dots: timed.map((own, i): Dot => {
      const at = r(x(own.complexity[cost]));
      const text = shortName(own.model);
      const label =
        i === 0
          ? { text, x: r(at + 8), anchor: 'start' as const }
          : i === timed.length - 1
            ? { text, x: r(at - 8), anchor: 'end' as const }
            : null;
      return { timed: own, x: at, y: r(y(own.ms)), label };
    }),
    xTicks: ticksOf(x).map((value) => ({
      at: r(x(value)),
      label: formatCost(cost, value, formatTick),
    })),
    yTicks: ticksOf(y).map((value) => ({ at: r(y(value)), label: String(value) })),
    proportional: `M${line.join('L')}`,
  };
}

function logarithmic(values: readonly number[], range: readonly [number, number]) {
  const [low = 1, high = 10] = extent(values);
  return scaleLog([low / 1.5, high * 1.6], range);
}

/** Powers of ten and their triples. */
function ticksOf(scale: ScaleLogarithmic<number, number>): number[] {
  const [low = 1, high = 10] = scale.domain();
  return Array.from({ length: 13 }, (_, exponent) => 10 ** exponent)
    .flatMap((decade) => [decade, 3 * decade])
    .filter((value) => value >= low && value <= high);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
