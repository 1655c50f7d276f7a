import type { Training } from '../../zoo/schema.ts';
import { Steps } from '../shared/Axis.tsx';
import { Drawing } from '../shared/Drawing.tsx';
import { formatAccuracy, formatDifference } from '../shared/format.ts';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { step } from '../shared/selection.ts';
import { r } from '../shared/svg.ts';
import {
  RADIUS,
  type DotRow,
  type PanelFrame,
  type PlacedRow,
  type TrainingsGeometry,
} from './geometry.ts';

interface Props {
  readonly geometry: TrainingsGeometry;
  readonly interaction?: Interaction | undefined;
}

/** Trainings and measurements of each design as SVG: a mark a training, the same in both panels. */
export function TrainingsDrawing({ geometry: g, interaction }: Props) {
  const names = g.rows.map(nameOf);
  return (
    <Drawing
      g={g}
      title="How far trainings of one design lie apart, and measurements of one training"
      summary={`${names.join('. ')}.`}
      live={interaction !== undefined}
    >
      <g class="rx-muted">
        {g.key.map(({ training, name, x, y }) => (
          <g key={training}>
            <Symbol training={training} x={x} y={y} />
            <text x={r(x + RADIUS * 2)} y={y} dy="0.35em">
              {name}
            </text>
          </g>
        ))}
      </g>
      {g.panels.map((panel) => (
        <Ground key={panel.title} panel={panel} font={g.font} />
      ))}
      {/* Beside a second panel the names stand again, for the eye: outside of what a mark is called. */}
      {g.rows.map((row) =>
        row.names.slice(1).map((at) => <RowName key={`${row.id} ${at.y}`} row={row} at={at} />),
      )}
      <Marks
        label="Designs"
        interaction={interaction}
        next={(key, from) => step(key, from, g.rows.length)}
      >
        {g.rows.map((row, index) => (
          <Mark key={row.id} index={index} name={names[index] ?? ''} interaction={interaction}>
            <Row row={row} />
          </Mark>
        ))}
      </Marks>
    </Drawing>
  );
}

/** A row in words. */
export function nameOf({ name, trainings, again }: DotRow): string {
  const told = (dots: DotRow['trainings']) =>
    dots.map(({ label, apart, accuracy }, i) =>
      i === 0 && apart === 0
        ? `${label} ${formatAccuracy(accuracy)}`
        : `${label} ${formatDifference(apart)}`,
    );
  return `${name}: ${[...told(trainings), ...told(again)].join(', ')}`;
}

function Ground({ panel: p, font }: { readonly panel: PanelFrame; readonly font: number }) {
  return (
    <g class="rx-axis">
      <text class="rx-strong" x={p.titleX} y={r(p.top - font * 0.7)}>
        {p.title}
      </text>
      <Steps ticks={p.ticks} y={p.bottom} font={font} from={p.top} />
      <line class="rx-zero" x1={p.zero} x2={p.zero} y1={p.top} y2={p.bottom} />
      <text x={p.axisX} y={r(p.bottom + font * 2.6)}>
        {p.axis}
      </text>
    </g>
  );
}

interface RowNameProps {
  readonly row: PlacedRow;
  readonly at: PlacedRow['names'][number] | undefined;
}

function RowName({ row, at }: RowNameProps) {
  if (!at) return null;
  return (
    <text class="rx-row-name" x={at.x} y={at.y} dy="0.35em">
      {row.name}
    </text>
  );
}

function Row({ row }: { readonly row: PlacedRow }) {
  return (
    <g class="rx-trained">
      {row.hits.map((hit) => (
        <rect key={hit.y + hit.x} class="rx-hit" {...hit} />
      ))}
      <rect class="rx-band" {...row.fiveBox} rx={2} />
      {row.reaches.map(({ y, x1, x2 }) => (
        <line key={`${x1} ${y}`} class="rx-reach-line" x1={x1} x2={x2} y1={y} y2={y} />
      ))}
      <RowName row={row} at={row.names[0]} />
      {row.dots.map(({ dot, x, y }) => (
        <g key={dot.passport} class={dot.sample ? 'rx-sample' : undefined}>
          <Symbol training={dot.training} x={x} y={y} />
        </g>
      ))}
    </g>
  );
}

interface SymbolProps {
  readonly training: Training;
  readonly x: number;
  readonly y: number;
}

/** A training's mark around a point. */
export function Symbol({ training, x, y }: SymbolProps) {
  return <path class={`rx-training rx-by-${training}`} d={SHAPES[training](x, y)} />;
}

const polygon =
  (corners: readonly (readonly [number, number])[]) =>
  (x: number, y: number): string =>
    `M${corners.map(([dx, dy]) => `${r(x + dx * RADIUS)},${r(y + dy * RADIUS)}`).join('L')}Z`;

const circle = (x: number, y: number): string =>
  `M${r(x - RADIUS)},${y}a${RADIUS},${RADIUS} 0 1 0 ${2 * RADIUS},0a${RADIUS},${RADIUS} 0 1 0 ${-2 * RADIUS},0Z`;

const diamond = polygon([
  [0, -1.15],
  [1.15, 0],
  [0, 1.15],
  [-1.15, 0],
]);

const cross = (x: number, y: number): string => {
  const d = RADIUS * 0.8;
  return `M${r(x - d)},${r(y - d)}l${2 * d},${2 * d}M${r(x - d)},${r(y + d)}l${2 * d},${-2 * d}`;
};

const SHAPES: Readonly<Record<Training, (x: number, y: number) => string>> = {
  'd-li14': circle,
  pycls: circle,
  'torchvision-v1': diamond,
  'torchvision-v2': diamond,
  mmpretrain: polygon([
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ]),
  imgclsmob: polygon([
    [0, -1.05],
    [1.05, 0.8],
    [-1.05, 0.8],
  ]),
  keras: polygon([
    [0, 1.05],
    [1.05, -0.8],
    [-1.05, -0.8],
  ]),
  paddleclas: cross,
};
