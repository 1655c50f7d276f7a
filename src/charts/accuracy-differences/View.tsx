import { accuracyOf } from '../../zoo/accuracy.ts';
import { models, shortName } from '../../zoo/models.ts';
import { verdictOf, type Verdict } from '../../zoo/verdict.ts';
import { Steps } from '../shared/Axis.tsx';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatAccuracy, formatDifference } from '../shared/format.ts';
import { Mark } from '../shared/Marks.tsx';
import { r } from '../shared/svg.ts';
import {
  accuracyDifferences,
  type Difference,
  type DifferenceRow,
  type DifferencesGeometry,
} from './geometry.ts';

/**
 * Ours minus official for all twelve variants, `current` (an id) emphasised: a still chart, rendered at build
 * time.
 */
export function AccuracyDifferences({ current = null }: { readonly current?: string | null }) {
  const rows = models.map((model) => ({
    id: model.id,
    name: shortName(model),
    ...accuracyOf(model.id),
    ...verdictOf(model.id),
  }));
  return (
    <Figure
      kind="rx-accuracy-differences rx-still"
      point={pointOf(rows)}
      table={{
        caption: 'Top-1 accuracy on ImageNet-1k; differences in percentage points',
        head: [
          'variant',
          'd-li14',
          'official',
          'difference',
          'pictures, 95%',
          'training, 95%',
          'both, 95%',
          'verdict',
        ],
        rows: rows.map((row) => [
          row.name,
          formatAccuracy(row.ours),
          formatAccuracy(row.official),
          formatDifference(row.difference),
          `±${row.band.toFixed(2)}`,
          row.training === null ? '–' : `±${row.training.toFixed(2)}`,
          `±${row.both.toFixed(2)}`,
          standing(row),
        ]),
      }}
    >
      <Layouts
        draw={(layout) => (
          <DifferencesDrawing geometry={accuracyDifferences(rows, layout)} current={current} />
        )}
      />
    </Figure>
  );
}

function standing({ outside, outsideBoth }: Verdict): string {
  if (outside && outsideBoth) return 'outside of each';
  return outside ? 'outside of the pictures’, within both' : 'within';
}

/** What the picture shows, in a sentence. */
export function pointOf(
  differences: readonly (Difference & Pick<Verdict, 'outsideBoth'>)[],
): string {
  const outside = differences.filter((d) => d.outsideBoth);
  if (outside.length === 0) return `Chance explains each of the ${differences.length} differences.`;
  const names = outside.map((d) => `${d.name}, at ${formatDifference(d.difference)} points`);
  return `Of ${differences.length} differences, the luck of pictures and training explains all but ${outside.length === 1 ? 'one' : outside.length}: ${names.join('; ')}.`;
}

interface Props {
  readonly geometry: DifferencesGeometry;
  /** Id of the variant to emphasise. */
  readonly current: string | null;
}

/** Differences of accuracies as SVG: a dot a variant, on the band that chance explains. */
export function DifferencesDrawing({ geometry: g, current }: Props) {
  const outside = g.rows.filter((row) => row.outside).map((row) => row.name);
  return (
    <Drawing
      g={g}
      title="Top-1 accuracy, d-li14 minus official, for all twelve variants"
      summary={`${g.rows.map((row) => `${row.name} ${row.label}`).join(', ')} points. Outside of the 95% band of chance: ${outside.join(', ') || 'none'}.`}
    >
      <Key g={g} />
      <Ground g={g} />
      <g class="rx-marks">
        {g.rows.map((row, index) => (
          <Mark key={row.id} index={index} name={nameOf(row)} interaction={undefined}>
            <Row row={row} g={g} current={row.id === current} />
          </Mark>
        ))}
      </g>
    </Drawing>
  );
}

function nameOf({ name, label, band, both, outside }: DifferenceRow): string {
  const further = both === undefined ? '' : `; with the luck of training ±${both.toFixed(2)}`;
  return `${name}: ${label} points, ${outside ? 'outside of' : 'within'} ±${band.toFixed(2)}${further}`;
}

/** What the shades are: chance explains so much in 95 of 100 cases. */
function Key({ g: { font, zero } }: { readonly g: DifferencesGeometry }) {
  const entries = [
    { name: 'training', kind: 'rx-band-training', at: -8.6 },
    { name: 'pictures', kind: 'rx-band', at: -2.3 },
    { name: 'both, 95%', kind: 'rx-band-both', at: 4 },
  ];
  return (
    <g class="rx-muted">
      {entries.map(({ name, kind, at }) => (
        <g key={kind}>
          <rect
            class={kind}
            x={r(zero + at * font)}
            y={r(font * 0.2)}
            width={font}
            height={r(font * 0.9)}
          />
          <text x={r(zero + (at + 1.4) * font)} y={font}>
            {name}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The bands of chance and the axis, on which the rows stand. */
export function Ground({
  g: { font, zero, top, bottom, rows, ticks },
}: {
  readonly g: DifferencesGeometry;
}) {
  return (
    <>
      {rows.map((row) => (
        <g key={row.id}>
          {row.bothBox && <rect class="rx-band-both" {...row.bothBox} />}
          <rect class="rx-band" {...row.bandBox} />
          {row.trainingBox && <rect class="rx-band-training" {...row.trainingBox} />}
        </g>
      ))}
      <g class="rx-axis">
        <Steps ticks={ticks} y={bottom} font={font} />
        <text x={zero} y={r(bottom + 7 + font * 2.2)} text-anchor="middle">
          d-li14 − official, top-1, percentage points
        </text>
      </g>
      <line class="rx-zero" x1={zero} x2={zero} y1={top} y2={bottom} />
    </>
  );
}

function Row({
  row,
  g,
  current,
}: {
  readonly row: DifferenceRow;
  readonly g: DifferencesGeometry;
  readonly current: boolean;
}) {
  const state = `${current ? 'rx-current' : ''} ${row.outside ? 'rx-outside' : ''}`;
  return (
    <g class={`rx-difference ${state}`}>
      {current && (
        <rect
          class="rx-current-row"
          x={0}
          y={r(row.y - g.rowHeight / 2)}
          width={g.width}
          height={g.rowHeight}
        />
      )}
      <text x={4} y={row.y} dy="0.35em">
        {row.name}
      </text>
      <line x1={g.zero} x2={row.x} y1={row.y} y2={row.y} />
      <circle cx={row.x} cy={row.y} r={current ? 5 : 4} />
      <text x={g.right} y={row.y} dy="0.35em" text-anchor="end">
        {row.label}
      </text>
    </g>
  );
}
