import { scaleLinear } from 'd3-scale';
import { SHEETS, r, type Layout, type Plot, type Slot, type Tick } from '../shared/svg.ts';

/** How a class fared. */
export interface ClassOutcome {
  readonly label: string;
  readonly count: number;
  /** How many of them were taken for what they are, at once and within five. */
  readonly top1: number;
  readonly top5: number;
}

export interface PerClassGeometry extends Plot {
  readonly radius: number;
  /** In the order of `sorted`. */
  readonly marks: readonly {
    readonly x: number;
    readonly y: number;
    readonly slot: Slot;
  }[];
  readonly yTicks: readonly Tick[];
  /** The height of the accuracy of all pictures together. */
  readonly mean: number;
}

const FRAMES: Readonly<
  Record<Layout, { width: number; plot: number; font: number; left: number }>
> = {
  wide: { ...SHEETS.wide, plot: 190, left: 56 },
  narrow: { ...SHEETS.narrow, plot: 170, left: 46 },
};
const TOP = 30;
const MARGIN = 10;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** The classes from the one that fares worst to the best; of equals the larger first. */
export function sorted(classes: readonly ClassOutcome[]): readonly ClassOutcome[] {
  return classes.toSorted(
    (a, b) => shareOf(a) - shareOf(b) || b.count - a.count || a.label.localeCompare(b.label),
  );
}

export const shareOf = ({ count, top1 }: ClassOutcome): number => (count === 0 ? 0 : top1 / count);

/** A dot a class, the worst at the left: `classes` as `sorted` gives them. */
export function perClassGeometry(
  classes: readonly ClassOutcome[],
  layout: Layout,
): PerClassGeometry {
  const { width, plot, font, left } = FRAMES[layout];
  const [right, baseline] = [width - MARGIN, TOP + plot];
  const y = scaleLinear([0, 1], [baseline, TOP]);
  const slot = (right - left) / Math.max(1, classes.length);
  const [hits, count] = classes.reduce<readonly [number, number]>(
    ([right1, all], one) => [right1 + one.top1, all + one.count] as const,
    [0, 0],
  );
  return {
    width,
    height: Math.ceil(baseline + font * 2),
    font,
    left,
    right,
    top: TOP,
    baseline,
    radius: r(Math.min(4, Math.max(1.5, slot / 2))),
    marks: classes.map((one, i) => ({
      x: r(left + (i + 0.5) * slot),
      y: r(y(shareOf(one))),
      slot: { x: r(left + i * slot), width: r(slot) },
    })),
    yTicks: TICKS.map((share) => ({ at: r(y(share)), label: `${share * 100}%` })),
    mean: r(y(count === 0 ? 0 : hits / count)),
  };
}
