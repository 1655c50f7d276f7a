import { COST_NAMES, formatCount, formatShare } from '../shared/format.ts';
import type { Cost } from '../../regnet/index.ts';
import { Drawing } from '../shared/Drawing.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active } from '../shared/selection.ts';
import { stageClass } from '../shared/svg.ts';
import type { Cell, FlopBreakdownGeometry, Row } from './geometry.ts';
import { neighbour, targetsOf } from './keys.ts';
import { belongs, nameOf, type Operator, type Part, type Target } from './parts.ts';

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
              <text x={x} y={axis.bottom + font * 1.2} text-anchor="middle">
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
              {...{ index: i, cell, font, chosen, cost, interaction }}
            />
          ))}
          {g.rows.map((row, i) => (
            <RowMark
              key={row.operator.role}
              {...{ index: g.cells.length + i, row, g, chosen, cost, interaction }}
            />
          ))}
        </Marks>
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

function CellMark({
  cell,
  font,
  chosen,
  cost,
  ...mark
}: MarkProps & { readonly cell: Cell; readonly font: number }) {
  const { target, lines, value, share, x, y, width, height } = cell;
  const stage = target.kind === 'operator' ? 0 : target.stage;
  const operator = target.kind === 'stage' ? null : target.operator;
  const name = `${nameOf(target)}: ${formatCount(value)} ${COST_NAMES[cost]}, ${formatShare(share)}`;
  return (
    <Mark {...mark} name={name}>
      <g class={`${stageClass(stage)} ${faded(cellLit(target, chosen))}`}>
        <rect class={`rx-cell ${shade(operator)}`} {...{ x, y, width, height }} rx={1.5} />
        {lines.map((text, i) => (
          <text
            key={text}
            class={`rx-cell-label ${shade(operator)} ${i === 0 ? 'rx-strong' : ''}`}
            x={x + 6}
            y={y + font * (1.35 + i * 1.3)}
          >
            {text}
          </text>
        ))}
      </g>
    </Mark>
  );
}

function RowMark({
  row,
  g,
  chosen,
  cost,
  ...mark
}: MarkProps & { readonly row: Row; readonly g: FlopBreakdownGeometry }) {
  const { operator, y, label, aside, segments, end, value } = row;
  const middle = y + g.rowHeight / 2;
  const lit = (part: Part) => chosen === null || belongs(part, chosen);
  return (
    <Mark {...mark} name={`${operator.name}: ${formatCount(value)} ${COST_NAMES[cost]}`}>
      <rect class="rx-hit" x={0} y={y} width={g.width} height={g.rowHeight} />
      <text y={middle} dy="0.35em">
        {operator.name}
      </text>
      {segments.map(({ part, ...box }) => (
        <g key={part.stage} class={`${stageClass(part.stage)} ${faded(lit(part))}`}>
          <rect class={`rx-cell ${shade(operator)}`} {...box} />
        </g>
      ))}
      <text x={end + 6} y={middle} dy="0.35em">
        <tspan class="rx-strong">{label}</tspan>
        <tspan class="rx-muted"> · {aside}</tspan>
      </text>
    </Mark>
  );
}

function cellLit(cell: Target, chosen: Target | null): boolean {
  if (chosen === null) return true;
  if (cell.kind === 'stage') return chosen.kind !== 'operator' && chosen.stage === cell.stage;
  if (cell.kind === 'operator') return true;
  return chosen.kind === 'stage'
    ? chosen.stage === cell.stage
    : chosen.operator === cell.operator &&
        (chosen.kind === 'operator' || chosen.stage === cell.stage);
}

function faded(lit: boolean): string {
  return lit ? '' : 'rx-faded';
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
