import { COST_NAMES, formatCount, formatShare } from '../shared/format.ts';
import type { Cost } from '../../regnet/index.ts';
import { Drawing } from '../shared/Drawing.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active } from '../shared/selection.ts';
import { r, stageClass } from '../shared/svg.ts';
import { INSET, type Cell, type FlopBreakdownGeometry, type Row } from './geometry.ts';
import { neighbour, targetsOf } from './keys.ts';
import { belongs, nameOf, type Operator, type Target } from './parts.ts';

interface Props {
  readonly name: string;
  readonly cost: Cost;
  readonly resolution: number;
  readonly geometry: FlopBreakdownGeometry;
  readonly interaction?: Interaction | undefined;
}

/** Where a cost goes, as SVG: an icicle of stages and operators over bars of sums by operator. */
export function FlopBreakdownView({ name, cost, resolution, geometry: g, interaction }: Props) {
  const targets = targetsOf(g);
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? null : (targets[index] ?? null);
  const { axis, headings, font } = g;
  return (
    <Drawing
      width={g.width}
      height={g.height}
      title={`Where the ${COST_NAMES[cost]} of ${name} go at ${resolution} px`}
      summary={summaryOf(g, cost)}
      live={interaction !== undefined}
    >
      <g font-size={font}>
        <text class="rx-muted" y={headings.cells}>
          by stage, then by operator
        </text>
        <text class="rx-strong" x={g.width} y={headings.cells} text-anchor="end">
          {g.total} {COST_NAMES[cost]}
        </text>
        <text class="rx-muted" y={headings.rows}>
          by operator, all stages
        </text>
        <g class="rx-axis">
          {axis.ticks.map(({ x, label }) => (
            <g key={label}>
              <line class="rx-grid" x1={x} x2={x} y1={axis.top} y2={axis.bottom} />
              <text x={x} y={r(axis.bottom + font * 1.2)} text-anchor="middle">
                {label}
              </text>
            </g>
          ))}
        </g>
        <Marks
          label="Stages and operators"
          interaction={interaction}
          next={(key, from) => neighbour(targets, key, from)}
        >
          {g.cells.map((cell, i) => (
            <CellMark
              key={nameOf(cell.target)}
              {...{ index: i, cell, chosen, cost, interaction }}
            />
          ))}
          {g.rows.map((row, i) => (
            <RowMark
              key={row.operator.role}
              {...{ index: g.cells.length + i, row, g, chosen, cost, interaction }}
            />
          ))}
        </Marks>
        <Labels g={g} chosen={chosen} live={interaction !== undefined} />
      </g>
    </Drawing>
  );
}

interface MarkProps {
  readonly index: number;
  readonly chosen: Target | null;
  readonly cost: Cost;
  readonly interaction: Interaction | undefined;
}

function CellMark({ cell, chosen, cost, ...mark }: MarkProps & { readonly cell: Cell }) {
  const { target, value, share, x, y, width, height } = cell;
  const name = `${nameOf(target)}: ${formatCount(value)} ${COST_NAMES[cost]}, ${formatShare(share)}`;
  return (
    <Mark {...mark} name={name}>
      <g class={cellClass(target, chosen)}>
        <rect class={`rx-cell ${shadeOf(target)}`} {...{ x, y, width, height }} rx={1.5} />
      </g>
    </Mark>
  );
}

function RowMark({
  row: { operator, y, segments, value },
  g,
  chosen,
  cost,
  ...mark
}: MarkProps & { readonly row: Row; readonly g: FlopBreakdownGeometry }) {
  return (
    <Mark {...mark} name={`${operator.name}: ${formatCount(value)} ${COST_NAMES[cost]}`}>
      <rect class="rx-hit" x={0} y={y} width={g.width} height={g.rowHeight} />
      {segments.map(({ part, ...box }) => (
        <g key={part.stage} class={cellClass({ kind: 'part', ...part }, chosen)}>
          <rect class={`rx-cell ${shade(operator)}`} {...box} />
        </g>
      ))}
    </Mark>
  );
}

/** The texts on and beside the marks, above them; the marks' own names say the same and more. */
function Labels({
  g,
  chosen,
  live,
}: {
  readonly g: FlopBreakdownGeometry;
  readonly chosen: Target | null;
  readonly live: boolean;
}) {
  return (
    <g class="rx-overlay" aria-hidden={live ? 'true' : undefined}>
      {g.cells.map(({ target, x, lines }) => (
        <g key={nameOf(target)} class={cellClass(target, chosen)}>
          {lines.map(({ text, y }, i) => (
            <text
              key={text}
              class={`rx-cell-label ${shadeOf(target)} ${i === 0 ? 'rx-strong' : ''}`}
              x={r(x + INSET)}
              y={y}
            >
              {text}
            </text>
          ))}
        </g>
      ))}
      {g.rows.map(({ operator, y, end, label, aside }) => (
        <g key={operator.role}>
          <text y={r(y + g.rowHeight / 2)} dy="0.35em">
            {operator.name}
          </text>
          <text x={r(end + INSET)} y={r(y + g.rowHeight / 2)} dy="0.35em">
            <tspan class="rx-strong">{label}</tspan>
            <tspan class="rx-muted"> · {aside}</tspan>
          </text>
        </g>
      ))}
    </g>
  );
}

/** The stage's colours, faded where something else was chosen. */
function cellClass(cell: Target, chosen: Target | null): string {
  const stage = cell.kind === 'operator' ? 0 : cell.stage;
  return `${stageClass(stage)} ${chosen === null || lit(cell, chosen) ? '' : 'rx-faded'}`;
}

/** Whether a cell shows some of what was chosen; a stage also where one of its parts was. */
function lit(cell: Target, chosen: Target): boolean {
  if (cell.kind === 'part') return belongs(cell, chosen);
  return cell.kind === 'stage' && chosen.kind !== 'operator' && chosen.stage === cell.stage;
}

function shadeOf(target: Target): string {
  return shade(target.kind === 'stage' ? null : target.operator);
}

/** Grouped 3x3 convolutions are solid, 1x1 convolutions pale, projections paler; the same everywhere. */
function shade(operator: Operator | null): string {
  switch (operator?.role) {
    case 'conv1':
    case 'conv3':
      return 'rx-pale';
    case 'downsample':
      return 'rx-paler';
    default:
      return 'rx-solid';
  }
}

function summaryOf({ cells, rows, total }: FlopBreakdownGeometry, cost: Cost): string {
  const stages = cells
    .filter(({ target }) => target.kind === 'stage')
    .map(({ target, share }) => `${nameOf(target)} ${formatShare(share)}`);
  const operators = rows.map(({ operator, label }) => `${operator.name} ${label}`);
  return `Of ${total} ${COST_NAMES[cost]}: ${stages.join(', ')}. By operator: ${operators.join(', ')}.`;
}
