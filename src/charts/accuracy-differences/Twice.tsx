import { extent } from 'd3-array';
import { reevaluations, type Reevaluation } from '../../zoo/evaluation.ts';
import { shortName } from '../../zoo/models.ts';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatAccuracy, formatDifference } from '../shared/format.ts';
import { Mark } from '../shared/Marks.tsx';
import { r } from '../shared/svg.ts';
import { accuracyDifferences, type DifferenceRow, type DifferencesGeometry } from './geometry.ts';
import { Ground } from './View.tsx';

/**
 * Ours minus official, with the official weights measured by pycls and by timm: how far evaluation
 * alone moves each difference. A still chart, rendered at build time.
 */
export function MeasuredTwice() {
  const rows = reevaluations();
  const differences = rows.map(({ model, againstPycls, againstTimm }) => ({
    difference: againstPycls.difference,
    band: againstPycls.band,
    outside: againstPycls.outside,
    id: model.id,
    name: shortName(model),
    again: againstTimm.difference,
  }));
  return (
    <Figure
      kind="rx-measured-twice rx-still"
      point={twicePoint(rows)}
      table={{
        caption:
          'Top-1 accuracy of the official weights, measured twice; differences in percentage points',
        head: ['variant', 'by pycls', 'by timm', 'shift', 'd-li14 − pycls’s', 'd-li14 − timm’s'],
        rows: rows.map((row) => [
          shortName(row.model),
          formatAccuracy(row.byPycls),
          formatAccuracy(row.byTimm.figure.value),
          formatDifference(row.shift),
          formatDifference(row.againstPycls.difference),
          formatDifference(row.againstTimm.difference),
        ]),
      }}
    >
      <Layouts
        draw={(layout) => <TwiceDrawing geometry={accuracyDifferences(differences, layout)} />}
      />
    </Figure>
  );
}

/** What the picture shows, in a sentence. */
export function twicePoint(rows: readonly Reevaluation[]): string {
  const sizes = rows.map((row) => Math.abs(row.shift));
  const [least = 0, most = 0] = extent(sizes);
  const more = rows.filter((row) => Math.abs(row.shift) > Math.abs(row.againstPycls.difference));
  return `Evaluation alone moves the same weights by ${least.toFixed(2)} to ${most.toFixed(2)} points: for ${more.length} of the ${rows.length} by more than the whole difference.`;
}

/** Differences measured twice as SVG: a ring by pycls, a dot by timm, and the way between. */
export function TwiceDrawing({ geometry: g }: { readonly geometry: DifferencesGeometry }) {
  const { font, left, right } = g;
  const names = g.rows.map((row) => `${row.name} ${row.label}`).join(', ');
  return (
    <Drawing
      g={g}
      title="What evaluation alone does to the differences"
      summary={`Measured by timm instead of pycls, the official weights score less, and each difference moves by, in points: ${names}.`}
    >
      <g class="rx-muted">
        <circle class="rx-official" cx={r(left + 5)} cy={r(font * 0.65)} r={4} />
        <text x={r(left + 14)} y={font}>
          by pycls
        </text>
        <circle class="rx-ours" cx={r(left + font * 7)} cy={r(font * 0.65)} r={4} />
        <text x={r(left + font * 7 + 9)} y={font}>
          the same weights by timm
        </text>
        <text x={right} y={font} text-anchor="end">
          moved
        </text>
      </g>
      <Ground g={g} />
      <g class="rx-marks">
        {g.rows.map((row, index) => (
          <Mark
            key={row.id}
            index={index}
            name={`${row.name}: moved by ${row.label} points`}
            interaction={undefined}
          >
            <Row row={row} right={right} />
          </Mark>
        ))}
      </g>
    </Drawing>
  );
}

function Row({ row, right }: { readonly row: DifferenceRow; readonly right: number }) {
  const { x, y, againX, name, label } = row;
  return (
    <g class="rx-moved">
      <text x={4} y={y} dy="0.35em">
        {name}
      </text>
      <line x1={x} x2={againX ?? x} y1={y} y2={y} />
      <circle class="rx-official" cx={x} cy={y} r={4.5} />
      <circle class="rx-ours" cx={againX ?? x} cy={y} r={4.5} />
      <text x={right} y={y} dy="0.35em" text-anchor="end">
        {label}
      </text>
    </g>
  );
}
