import { extent, max } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { SHEETS, r, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { spread, textWidth } from '../shared/text.ts';

/** A variant's accuracy on a test set. */
export interface Point {
  /** `200MF` */
  readonly name: string;
  /** Multiply-adds at 224 px. */
  readonly flops: number;
  /** Top-1, percent. */
  readonly accuracy: number;
}

/** A kind of weights on a test set, smallest variant first. */
export interface Series {
  readonly id: string;
  readonly name: string;
  readonly points: readonly Point[];
}

/** One test set. */
export interface Panel {
  readonly id: string;
  readonly name: string;
  readonly pictures: string;
  readonly series: readonly Series[];
}

/** Measures of a layout, in the units of its view box; `panel` is the height of a panel's plot. */
const FRAMES = {
  wide: { ...SHEETS.wide, columns: 3, gap: 26, panel: 170 },
  narrow: { ...SHEETS.narrow, columns: 2, gap: 16, panel: 150 },
} as const satisfies Record<Layout, object>;

/** Clear space around a mark. */
const CLEAR = 6;

export interface PlacedSeries {
  readonly id: string;
  readonly path: string;
  readonly marks: readonly { readonly x: number; readonly y: number }[];
  /** The accuracy of the largest variant, right of its mark. */
  readonly end: { readonly x: number; readonly y: number; readonly text: string };
  /** What the series is, ending at the plot's right edge; in the first panel only. */
  readonly label: { readonly y: number; readonly text: string } | null;
}

export interface PlacedPanel {
  readonly id: string;
  readonly name: string;
  /** What its pictures are, a line each. */
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  /** The smallest and the largest variant, beneath. */
  readonly ends: readonly string[];
  readonly series: readonly PlacedSeries[];
}

export interface RobustnessGeometry extends Sheet {
  readonly panels: readonly PlacedPanel[];
}

/**
 * Small multiples of accuracy against multiply-adds, logarithmic, a panel a test set. A point of
 * accuracy is as high in every panel; only where the scale begins differs, such that the lowest
 * mark of every panel stands at the same height.
 */
export function robustnessPanels(panels: readonly Panel[], layout: Layout): RobustnessGeometry {
  const { width, columns, gap, panel: plot, font } = FRAMES[layout];
  const panelWidth = (width - (columns - 1) * gap) / columns;
  const lowest = panels.map((p) => extentOf(p)[0]);
  const span = max(panels, (p) => extentOf(p)[1] - extentOf(p)[0]) ?? 1;
  const texts = panels.map((panel) => wrap(panel.pictures, panelWidth, font));
  const head = font * (1.6 + 1.15 * (max(texts, (lines) => lines.length) ?? 1));
  const height = head + plot + font * 3;
  const [least = 1, most = 10] = extent(
    panels.flatMap((p) => p.series.flatMap((s) => s.points.map((point) => point.flops))),
  );
  const left = font * 2;
  const right = r(panelWidth - font * 2.6);
  const x = scaleLog([least, most], [left + CLEAR, right - CLEAR]);
  return {
    width,
    height: Math.ceil(height * Math.ceil(panels.length / columns) - font),
    font,
    panels: panels.map((panel, i) => {
      const low = lowest[i] ?? 0;
      const y = scaleLinear([low, low + span], [head + plot - 2 * CLEAR, head + CLEAR]);
      const place = (point: Point) => ({ x: r(x(point.flops)), y: r(y(point.accuracy)) });
      const lasts = panel.series.map(({ points }) => points.at(-1)?.accuracy ?? 0);
      const endings = spreadAt(lasts.map(y), font * 1.15, [head, head + plot]);
      return {
        id: panel.id,
        name: panel.name,
        lines: texts[i] ?? [],
        x: r((i % columns) * (panelWidth + gap)),
        y: r(Math.floor(i / columns) * height),
        left: r(left),
        right,
        top: r(head),
        bottom: r(head + plot),
        ticks: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]
          .filter((value) => y(value) <= head + plot && y(value) >= head)
          .map((value) => ({ at: r(y(value)), label: String(value) })),
        ends: [nameAt(panel, least), nameAt(panel, most)],
        series: panel.series.map((series, s) => ({
          id: series.id,
          path: pathOf(series.points.map(place)),
          marks: series.points.map(place),
          end: {
            x: r(right + 2),
            y: r(endings[s] ?? 0),
            text: (lasts[s] ?? 0).toFixed(1),
          },
          label: i === 0 ? { ...seriesLabel(y(lasts[s] ?? 0), s, font), text: series.name } : null,
        })),
      };
    }),
  };
}

const pathOf = (points: readonly { x: number; y: number }[]): string =>
  line<{ x: number; y: number }>(
    (p) => p.x,
    (p) => p.y,
  )(points) ?? '';

function extentOf({ series }: Panel): [number, number] {
  const [low = 0, high = 0] = extent(series.flatMap((s) => s.points.map((p) => p.accuracy)));
  return [low, high];
}

function nameAt(panel: Panel, flops: number): string {
  const points = panel.series.flatMap((s) => s.points);
  return points.find((point) => point.flops === flops)?.name ?? '';
}

/** Above the end of the line of later series, below that of the first. */
const seriesLabel = (end: number, index: number, font: number) => ({
  y: r(index === 0 ? end + font * 1.7 : end - font * 1.4),
});

/** Centres moved apart to `distance`, in their order from top to bottom. */
function spreadAt(
  centres: readonly number[],
  distance: number,
  range: readonly [number, number],
): number[] {
  const order = centres.map((_, i) => i).sort((a, b) => (centres[a] ?? 0) - (centres[b] ?? 0));
  const sorted = order.map((i) => centres[i] ?? 0);
  const moved = spread(
    sorted,
    sorted.map(() => distance),
    range,
  );
  return centres.map((centre, i) => moved?.[order.indexOf(i)] ?? centre);
}

/** A text in lines of at most `width`, broken between words. */
function wrap(text: string, width: number, font: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && textWidth(longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
