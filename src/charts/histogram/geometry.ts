import { max } from 'd3-array';
import { format } from 'd3-format';
import { scaleLinear, scaleLog } from 'd3-scale';
import { formatTick } from '../shared/format.ts';
import { SHEETS, r, type Box, type Plot, type Tick } from '../shared/svg.ts';

/** How often values fall into each of equally wide bins from `min` to `max`. */
export interface Distribution {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly counts: ArrayLike<number>;
}

/** How the counts are drawn: `log` shows the rare values at the ends, too. */
export type CountScale = 'linear' | 'log';

/** Measures in the units of the view box; one layout, for a column beside or under a table. */
const FRAME = { ...SHEETS.narrow, top: 30, plot: 150, left: 46, right: 10 };
/** Where a logarithmic axis begins, so that a bin with a single value is seen. */
const LOG_FLOOR = 0.5;
/** The part of the width that a single bin takes: all values are equal. */
const SINGLE = 0.06;
/** Of a sparkline, in the units of its view box. */
export const SPARK = { width: 96, height: 20 };

export interface HistogramGeometry extends Plot {
  /** Only bins that hold something; `bin` counts all. */
  readonly bars: readonly (Box & { readonly bin: number })[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly mean: { readonly x: number; readonly anchor: 'start' | 'end' };
  /** Where zero is, when it lies within the range. */
  readonly zero: number | null;
}

/** A value of a tensor in four significant digits: `−0.1234`, `1.2e-7`. */
export const formatValue: (value: number) => string = format('.4~g');

/** The drawing of a distribution: values across, counts up. */
export function histogram(
  { min, max: end, mean, counts }: Distribution,
  scale: CountScale,
): HistogramGeometry {
  const { width, font, top, plot, left, right: margin } = FRAME;
  const right = width - margin;
  const baseline = top + plot;
  const single = min === end;
  const reach = single ? Math.abs(min) / 2 || 1 : 0;
  const x = scaleLinear([min - reach, end + reach], [left, right]);
  const highest = max(Array.from(counts)) ?? 1;
  const y =
    scale === 'log'
      ? scaleLog([LOG_FLOOR, Math.max(highest, 1)], [baseline, top]).nice()
      : scaleLinear([0, highest], [baseline, top]).nice(4);
  const lots = counts.length;
  const step = single ? (right - left) * SINGLE : (right - left) / lots;
  const start = single ? x(min) - step / 2 : left;
  const bars = Array.from(counts, (count, i) => ({ count, i }))
    .filter(({ count }) => count > 0)
    .map(({ count, i }) => {
      const from = r(start + i * step);
      const height = r(baseline - y(count));
      return {
        bin: i,
        x: from,
        y: r(baseline - height),
        width: r(Math.max(start + (i + 1) * step - from - 0.5, 0.5)),
        height,
      };
    });
  const ticks = single ? [min] : x.ticks(5);
  const meanX = x(mean);
  return {
    width,
    height: Math.ceil(baseline + font * 3),
    font,
    left,
    right,
    top,
    baseline,
    bars,
    xTicks: ticks.map((value) => ({ at: r(x(value)), label: formatValue(value) })),
    yTicks: countTicks(y.domain(), scale, y.ticks(4)).map((count) => ({
      at: r(y(count)),
      label: formatTick(count),
    })),
    mean: { x: r(meanX), anchor: meanX > (left + right) / 2 ? 'end' : 'start' },
    zero: min - reach < 0 && end + reach > 0 ? r(x(0)) : null,
  };
}

/** Whole counts; powers of ten, at most five of them, on a logarithmic axis. */
function countTicks(domain: readonly number[], scale: CountScale, linear: number[]): number[] {
  if (scale === 'linear') return linear.filter(Number.isInteger);
  const decades = Math.floor(Math.log10(domain[1] ?? 1));
  const every = Math.ceil((decades + 1) / 5);
  return Array.from({ length: Math.floor(decades / every) + 1 }, (_, i) => 10 ** (i * every));
}

/** A distribution's shape as one path, as high as `SPARK` at its fullest bin. */
export function sparkline(counts: ArrayLike<number>): string {
  const { width, height } = SPARK;
  const highest = max(Array.from(counts)) ?? 0;
  if (highest === 0) return '';
  // A single bin stands in the middle.
  const step = counts.length === 1 ? width * SINGLE : width / counts.length;
  const start = counts.length === 1 ? (width - step) / 2 : 0;
  const steps = Array.from(
    counts,
    (count, i) => `V${r(height - (count / highest) * height)}H${r(start + (i + 1) * step)}`,
  );
  return `M${r(start)},${height}${steps.join('')}V${height}Z`;
}
