import { useMemo } from 'preact/hooks';
import { Layouts } from '../charts/shared/Drawing.tsx';
import type { Table } from '../charts/shared/DataTable.tsx';
import { Figure } from '../charts/shared/Figure.tsx';
import { formatAccuracy, formatDifference } from '../charts/shared/format.ts';
import { Readout, type Reading } from '../charts/shared/Readout.tsx';
import { active } from '../charts/shared/selection.ts';
import {
  trainingsPlot,
  type Dot,
  type DotRow,
  type KeyEntry,
} from '../charts/trainings/geometry.ts';
import { TrainingsDrawing } from '../charts/trainings/View.tsx';
import { useKept, useLive, useSelection } from './useLive.ts';

interface Props {
  readonly rows: readonly DotRow[];
  readonly trainings: readonly KeyEntry[];
  /** The sentence above the picture. */
  readonly point: string;
  /** Where the site stands, without a slash at the end. */
  readonly base: string;
}

/**
 * Every training of each design, and every measurement of the same weights. The page gives the
 * numbers, so that none of the sources travels with the island.
 */
export default function Trainings({ rows, trainings, point, base }: Props) {
  const live = useLive();
  const interaction = useSelection();
  const names = useMemo(() => rows.map(({ id }) => id), []);
  const geometry = useMemo(
    () => ({
      wide: trainingsPlot(rows, trainings, 'wide'),
      narrow: trainingsPlot(rows, trainings, 'narrow'),
    }),
    [],
  );
  useKept('variant', interaction, names);
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? null : (rows[index] ?? null);
  const columns = useMemo(() => labelsOf(rows, trainings), []);
  return (
    <Figure kind="rx-trainings" point={point} table={useMemo(() => tableOf(rows, columns), [])}>
      <Layouts
        draw={(layout) => (
          <TrainingsDrawing geometry={geometry[layout]} interaction={interaction} />
        )}
      />
      <Readout
        heading={
          chosen ? <a href={`${base}/models/${chosen.id}/`}>RegNetX-{chosen.name}</a> : 'All twelve'
        }
        hint="Point at a design; a click, tap or arrow key keeps it."
        live={live}
        readings={columns.map((label) => readingOf(label, rows, chosen))}
      />
    </Figure>
  );
}

const dotsOf = ({ trainings, again }: DotRow): readonly Dot[] => [...trainings, ...again];

/** What can be read of any design: trainings in the order of the key, then measurements. */
function labelsOf(rows: readonly DotRow[], trainings: readonly KeyEntry[]): string[] {
  const again = rows.flatMap((row) => row.again.map(({ label }) => label));
  return [...trainings.map(({ name }) => name), ...new Set(again)];
}

function readingOf(label: string, rows: readonly DotRow[], chosen: DotRow | null): Reading {
  if (!chosen) {
    const all = rows.flatMap((row) => dotsOf(row).filter((dot) => dot.label === label));
    const values = all.map(({ accuracy }) => accuracy);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return {
      term: label,
      value: all.length === 1 ? formatAccuracy(low) : `${low.toFixed(1)}–${high.toFixed(1)}%`,
    };
  }
  const dot = dotsOf(chosen).find((candidate) => candidate.label === label);
  if (!dot) return { term: label, value: '–' };
  return {
    term: label,
    value: formatAccuracy(dot.accuracy),
    source: { passport: dot.passport, label: `top-1, ${label}, RegNetX-${chosen.name}` },
  };
}

function tableOf(rows: readonly DotRow[], columns: readonly string[]): Table {
  return {
    caption:
      'Top-1 accuracy on ImageNet-1k: each training as first measured, then the same weights by others; points from the first measurement in brackets',
    head: ['variant', ...columns],
    rows: rows.map((row) => [
      row.name,
      ...columns.map((label) => {
        const dot = dotsOf(row).find((candidate) => candidate.label === label);
        if (!dot) return '–';
        const shift = dot.by === null ? '' : ` (${formatDifference(dot.apart)})`;
        return formatAccuracy(dot.accuracy) + shift;
      }),
    ]),
  };
}
