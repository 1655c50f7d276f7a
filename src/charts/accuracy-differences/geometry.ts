import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { formatDifference } from '../shared/format.ts';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';

/** One variant's difference of two accuracies in percentage points. */
export interface Difference {
  readonly id: string;
  /** `200MF` */
  readonly name: string;
  readonly difference: number;
  /** Half-width of the 95% band of the pictures around zero. */
  readonly band: number;
  /** Half-widths of the bands of training, and of both together, where they are asked for. */
  readonly training?: number | null;
  readonly both?: number;
  readonly outside: boolean;
  /** The difference with the same weights measured again, where that is asked for. */
  readonly again?: number;
}

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { ...SHEETS.wide, row: 26, left: 70, right: 70 },
  narrow: { ...SHEETS.narrow, row: 24, left: 54, right: 50 },
} as const satisfies Record<Layout, object>;

export interface DifferenceRow extends Difference {
  /** Middle of the row. */
  readonly y: number;
  /** Where the dot stands. */
  readonly x: number;
  /** Where it stands once measured again; null where that is not asked for. */
  readonly againX: number | null;
  readonly bandBox: Box;
  /** The band of both kinds of chance, around that of the pictures; and that of training, within. */
  readonly bothBox: Box | null;
  readonly trainingBox: Box | null;
  readonly label: string;
}

export interface DifferencesGeometry extends Sheet {
  readonly rowHeight: number;
  /** Where the bands may begin, and where the labels end. */
  readonly left: number;
  readonly right: number;
  readonly zero: number;
  readonly top: number;
  readonly bottom: number;
  readonly rows: readonly DifferenceRow[];
  readonly ticks: readonly Tick[];
}

/**
 * The drawing of signed differences as dots on the band that chance explains, a row each, labelled
 * with the difference, or with how far measuring again moves it.
 */
export function accuracyDifferences(
  differences: readonly Difference[],
  layout: Layout,
): DifferencesGeometry {
  const { width, font, row, left, right: margin } = FRAMES[layout];
  const reach =
    max(differences, (d) =>
      Math.max(Math.abs(d.difference), Math.abs(d.again ?? 0), d.both ?? d.band),
    ) ?? 1;
  const x = scaleLinear([-reach * 1.06, reach * 1.06], [left, width - margin]);
  const top = r(font * 1.7);
  const bottom = r(top + differences.length * row);
  return {
    width,
    height: Math.ceil(bottom + font * 3.2),
    font,
    rowHeight: row,
    left,
    right: width - 4,
    zero: r(x(0)),
    top,
    bottom,
    rows: differences.map((d, i) => ({
      ...d,
      x: r(x(d.difference)),
      againX: d.again === undefined ? null : r(x(d.again)),
      y: r(top + (i + 0.5) * row),
      bandBox: around(x, d.band, top + i * row, row),
      bothBox: d.both === undefined ? null : around(x, d.both, top + i * row, row),
      trainingBox:
        d.training === undefined || d.training === null
          ? null
          : around(x, d.training, top + (i + 0.3) * row, row * 0.4),
      label: formatDifference(d.again === undefined ? d.difference : d.again - d.difference),
    })),
    ticks: x.ticks(5).map((value) => ({ at: r(x(value)), label: tick(value) })),
  };
}

/** A band around zero, as a box. */
function around(x: (value: number) => number, half: number, y: number, height: number): Box {
  return { x: r(x(-half)), y: r(y), width: r(x(half) - x(-half)), height: r(height) };
}

/** One decimal, signed. */
function tick(value: number): string {
  const text = formatDifference(value);
  return value === 0 ? '0' : text.slice(0, -1);
}
