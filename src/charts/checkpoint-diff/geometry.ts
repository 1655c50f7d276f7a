import { max, min } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { SHEETS, r, type Layout, type Plot, type Slot, type Tick } from '../shared/svg.ts';

/** How far a layer of one file is from that of another. */
export interface LayerDistance {
  /** timm's name. */
  readonly name: string;
  /** Stage from 1, 0 outside of the stages. */
  readonly stage: number;
  /** Null where the layer cannot be compared. */
  readonly relativeL2: number | null;
  readonly cosine: number | null;
  /** Why it cannot be compared. */
  readonly obstacle: string | null;
}

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { ...SHEETS.wide, plot: 200, left: 62, right: 8 },
  narrow: { ...SHEETS.narrow, plot: 170, left: 54, right: 6 },
} as const satisfies Record<Layout, object>;

/** Decades that the axis has at least, so that rounding does not look like a mountain. */
const LEAST_DECADES = 3;
/** Decades between labelled levels when there are many. */
const MOST_LEVELS = 6;
/** Below the axis, where layers stand that are the same in both files. */
const SHELF = 18;

export interface DiffMark {
  readonly index: number;
  readonly x: number;
  /** The slot in which a pointer finds it. */
  readonly slot: Slot;
  /** Null for a layer that cannot be compared. */
  readonly y: number | null;
  /** Whether it stands on the shelf of what is the same. */
  readonly same: boolean;
}

export interface DiffGeometry extends Plot {
  /** The height of the layers that are the same. */
  readonly shelf: number;
  readonly radius: number;
  readonly levels: readonly Tick[];
  /** Where close ends. */
  readonly limit: number;
  readonly marks: readonly DiffMark[];
  /** Beneath the marks: the stages, from the first slot of each to its last. */
  readonly stages: readonly {
    readonly stage: number;
    readonly from: number;
    readonly to: number;
  }[];
}

/**
 * A dot a layer, in order of execution, relative L2 upwards on a logarithmic axis. Layers that are
 * the same in both files have no logarithm: they stand on a shelf beneath it.
 */
export function checkpointDiff(
  layers: readonly LayerDistance[],
  close: number,
  layout: Layout,
): DiffGeometry {
  const { width, plot, font, left, right: margin } = FRAMES[layout];
  const right = width - margin;
  const top = r(font * 1.9);
  const baseline = r(top + plot);
  const shelf = r(baseline + SHELF);
  const distances = layers.flatMap(({ relativeL2 }) =>
    relativeL2 === null || relativeL2 === 0 ? [] : [relativeL2],
  );
  const highest = Math.ceil(Math.log10(max([...distances, close]) ?? close));
  const lowest = Math.min(Math.floor(Math.log10(min(distances) ?? close)), highest - LEAST_DECADES);
  const y = scaleLog([10 ** lowest, 10 ** highest], [baseline, top]);
  const x = scaleLinear([0, Math.max(layers.length, 1)], [left, right]);
  const every = Math.ceil((highest - lowest) / MOST_LEVELS);
  return {
    width,
    height: Math.ceil(shelf + font * 3.4),
    font,
    left,
    right,
    top,
    baseline,
    shelf,
    radius: r(Math.min(4, Math.max(1.6, (x(1) - x(0)) * 0.4))),
    levels: Array.from({ length: Math.floor((highest - lowest) / every) + 1 }, (_, i) => {
      const exponent = highest - i * every;
      return { at: r(y(10 ** exponent)), label: formatPower(exponent) };
    }),
    limit: r(y(close)),
    marks: layers.map(({ relativeL2 }, index) => ({
      index,
      x: r(x(index + 0.5)),
      slot: { x: r(x(index)), width: r(x(index + 1) - x(index)) },
      y: relativeL2 === null ? null : relativeL2 === 0 ? shelf : r(y(relativeL2)),
      same: relativeL2 === 0,
    })),
    stages: stagesOf(layers).map(({ stage, first, last }) => ({
      stage,
      from: r(x(first)),
      to: r(x(last + 1)),
    })),
  };
}

/** Runs of layers of one stage, in order; layers outside of the stages belong to none. */
function stagesOf(layers: readonly LayerDistance[]) {
  const runs: { stage: number; first: number; last: number }[] = [];
  for (const [index, { stage }] of layers.entries()) {
    const run = runs.at(-1);
    if (run?.stage === stage && run.last === index - 1) run.last = index;
    else if (stage > 0) runs.push({ stage, first: index, last: index });
  }
  return runs;
}

/** A power of ten: `0.01`, `1`, `1e-5`. */
function formatPower(exponent: number): string {
  return exponent < -3 ? `1e${exponent}` : String(10 ** exponent);
}
