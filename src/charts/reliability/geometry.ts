import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { SHEETS, r, type Box, type Plot, type Tick } from '../shared/svg.ts';

/** Answers whose confidence lies above `from`, up to `to`; means are null for an empty bin. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface ReliabilityMark {
  /** Which of all bins. */
  readonly bin: number;
  /** The bin's strip of the plot. */
  readonly slot: { readonly x: number; readonly width: number };
  /** From the axis to the accuracy. */
  readonly bar: Box;
  /** Between accuracy and confidence. */
  readonly gap: Box;
  /** The height of the mean confidence. */
  readonly confidence: number;
  /** How many answers, in the strip below. */
  readonly share: Box;
}

export interface ReliabilityGeometry extends Plot {
  /** The strip that shows how many answers a bin has. */
  readonly strip: { readonly top: number; readonly baseline: number };
  /** Only bins that hold something. */
  readonly marks: readonly ReliabilityMark[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

/** Measures in the units of the view box; one layout, for a column. */
const FRAME = { ...SHEETS.narrow, top: 30, plot: 200, left: 46, right: 10, gap: 8, strip: 36 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A reliability diagram: confidence across, accuracy up, and below how many answers there are. */
export function reliabilityGeometry(bins: readonly ReliabilityBin[]): ReliabilityGeometry {
  const { width, font, top, plot, left, right: margin, gap, strip: stripHeight } = FRAME;
  const [right, baseline] = [width - margin, top + plot];
  const x = scaleLinear([0, 1], [left, right]);
  const y = scaleLinear([0, 1], [baseline, top]);
  const strip = { top: baseline + gap, baseline: baseline + gap + stripHeight };
  const most = max(bins, ({ count }) => count) ?? 0;
  const marks = bins.flatMap(({ from, to, count, confidence, accuracy }, bin) => {
    if (confidence === null || accuracy === null) return [];
    const slot = { x: r(x(from) + 0.5), width: r(x(to) - x(from) - 1) };
    const [certain, right] = [r(y(confidence)), r(y(accuracy))];
    const height = r((stripHeight * count) / most);
    return [
      {
        bin,
        slot,
        bar: { ...slot, y: right, height: r(baseline - right) },
        gap: { ...slot, y: Math.min(certain, right), height: r(Math.abs(certain - right)) },
        confidence: certain,
        share: { ...slot, y: strip.top, height },
      },
    ];
  });
  return {
    width,
    height: Math.ceil(strip.baseline + font * 3),
    font,
    left,
    right,
    top,
    baseline,
    strip,
    marks,
    xTicks: TICKS.map((share) => ({ at: r(x(share)), label: percent(share) })),
    yTicks: TICKS.map((share) => ({ at: r(y(share)), label: percent(share) })),
  };
}

const percent = (share: number) => `${Math.round(share * 100)}%`;
