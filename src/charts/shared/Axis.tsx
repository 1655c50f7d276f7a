import type { ComponentChildren } from 'preact';
import { r, type Plot, type Tick } from './svg.ts';
import type { Text } from './units.ts';
import { Words } from './Words.tsx';

/** The plot's edges across. */
type Edges = Pick<Plot, 'left' | 'right'>;

interface LevelsProps {
  readonly ticks: readonly Tick<Text>[];
  readonly g: Edges;
  /** From the plot to the values. */
  readonly gap?: number;
  /** Whether the values are written; beside a panel that has them they are not. */
  readonly written?: boolean;
}

/** The levels of a vertical axis: a line across the plot, its value to the left. */
export function Levels({ ticks, g, gap = 8, written = true }: LevelsProps) {
  return (
    <>
      {ticks.map(({ at, label }) => (
        <g key={at}>
          <line class="rx-grid" x1={g.left} x2={g.right} y1={at} y2={at} />
          {written && (
            <text x={r(g.left - gap)} y={at} dy="0.35em" text-anchor="end">
              <Words svg text={label} />
            </text>
          )}
        </g>
      ))}
    </>
  );
}

interface StepsProps {
  readonly ticks: readonly Tick<Text>[];
  /** The height of the axis. */
  readonly y: number;
  readonly font: number;
  /** Where lines across the plot begin, instead of ticks below it. */
  readonly from?: number;
}

/** The steps of a horizontal axis: a tick below the plot or a line through it, its value beneath. */
export function Steps({ ticks, y, font, from }: StepsProps) {
  const line = from === undefined ? { y1: y, y2: r(y + 4) } : { y1: from, y2: y };
  return (
    <>
      {ticks.map(({ at, label }) => (
        <g key={at}>
          <line class={from === undefined ? 'rx-tick' : 'rx-grid'} x1={at} x2={at} {...line} />
          <text x={at} y={r(y + (from === undefined ? 5 + font : font * 1.2))} text-anchor="middle">
            <Words svg text={label} />
          </text>
        </g>
      ))}
    </>
  );
}

/** The line that the marks stand on. */
export function Base({ g }: { readonly g: Pick<Plot, 'left' | 'right' | 'baseline'> }) {
  return <line class="rx-base" x1={g.left} x2={g.right} y1={g.baseline} y2={g.baseline} />;
}

interface TitleProps {
  readonly g: Edges & Pick<Plot, 'font'>;
  /** The height of the axis, and how many lines its values take. */
  readonly y: number;
  readonly lines?: 0 | 1;
  readonly children: ComponentChildren;
}

/** What a horizontal axis counts, in the middle below it. */
export function AxisTitle({ g, y, lines = 1, children }: TitleProps) {
  return (
    <text x={r((g.left + g.right) / 2)} y={r(y + g.font * (1.6 + lines))} text-anchor="middle">
      {children}
    </text>
  );
}
