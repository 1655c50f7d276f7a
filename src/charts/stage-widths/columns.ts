import type { Network, PlacedStage } from '../../regnet/index.ts';
import { formatInteger, formatResolution } from '../shared/format.ts';
import { r, type Box } from '../shared/svg.ts';
import { spread, textWidth } from '../shared/text.ts';

/** What stands beneath a stage: a bracket in its colour and a column of facts. */
export interface StageColumn {
  readonly stage: number;
  readonly bracket: { readonly x: number; readonly width: number };
  /** Centre of the column of facts. */
  readonly x: number;
  /** One fact a row; empty where stages are too many to label each. */
  readonly facts: readonly string[];
  /** From the bracket to a column that had to move aside. */
  readonly leader: string | null;
  /** Bracket and facts, to point at. */
  readonly hit: Box;
}

/** The facts of the stages, set as a small table under the bars. */
export interface StageColumns {
  /** y of the brackets, and of the baselines of the rows. */
  readonly bracketY: number;
  readonly rows: readonly { readonly y: number; readonly name: string }[];
  readonly columns: readonly StageColumn[];
  readonly bottom: number;
}

/** The blocks' indices j, as many as fit; `y` is their baseline. */
export interface Indices {
  readonly y: number;
  readonly at: readonly { readonly x: number; readonly label: string }[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly font: number;
  /** Gap between bars. */
  readonly gap: number;
}

const ROWS: readonly { name: string; fact: (stage: PlacedStage, number: number) => string }[] = [
  { name: 'stage', fact: (_, number) => String(number) },
  { name: 'blocks', fact: (stage) => formatInteger(stage.depth) },
  { name: 'width', fact: (stage) => formatInteger(stage.width) },
  { name: 'groups', fact: (stage) => formatInteger(stage.groups) },
  { name: 'pixels', fact: (stage) => formatResolution(stage.resolution) },
];

/** Columns of facts for stages that span these places across. */
export function stageColumns(
  { stages }: Network,
  spans: readonly Span[],
  { left, right, top, font, gap }: Place,
): StageColumns {
  const facts = stages.map((stage, i) => ROWS.map((row) => row.fact(stage, i + 1)));
  const widths = facts.map((texts) => Math.max(...texts.map((t) => textWidth(t, font))) + 10);
  const centres = spans.map(({ start, end }) => (start + end) / 2);
  // Label every stage, or else every second one, every third…
  let every = 0;
  let places: number[] | null = null;
  while (places === null) {
    every += 1;
    const shown = (_: unknown, i: number) => i % every === 0;
    if (every > stages.length) break;
    places = spread(centres.filter(shown), widths.filter(shown), [left - 9, right + 5]);
  }
  const rowHeight = font * 1.36;
  const first = top + 8 + font * 1.15;
  const bottom = Math.ceil(first + (ROWS.length - 1) * rowHeight + font * 0.4);
  return {
    bracketY: top,
    rows: ROWS.map(({ name }, i) => ({ name, y: r(first + i * rowHeight) })),
    columns: spans.map(({ start, end }, i) => {
      const place = i % every === 0 ? places?.[i / every] : undefined;
      const centre = (start + end) / 2;
      const labelled = place !== undefined;
      const half = labelled ? (widths[i] ?? 0) / 2 : 0;
      const [from, to] = [
        Math.min(start, (place ?? start) - half),
        Math.max(end, (place ?? end) + half),
      ];
      const moved = place !== undefined && Math.abs(place - centre) > (end - start) / 2;
      return {
        stage: i + 1,
        bracket: { x: r(start + gap / 2), width: r(end - start - gap) },
        x: r(place ?? centre),
        facts: place === undefined ? [] : (facts[i] ?? []),
        hit: { x: r(from), y: top - 2, width: r(to - from), height: r(bottom - top + 2) },
        leader: moved ? `M${r(centre)},${top + 3}L${r(place)},${r(first - font)}` : null,
      };
    }),
    bottom,
  };
}
