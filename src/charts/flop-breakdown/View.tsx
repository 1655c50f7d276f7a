import type { Cost } from '../../regnet/index.ts';
import { Steps } from '../shared/Axis.tsx';
import { Drawing } from '../shared/Drawing.tsx';
import { formatShare } from '../shared/format.ts';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { r, stageClass } from '../shared/svg.ts';
import { COST_LABELS, formatCost, say, type Text } from '../shared/units.ts';
import { Words } from '../shared/Words.tsx';
import { INSET, type Cell, type FlopBreakdownGeometry, type Row } from './geometry.ts';
import { neighbour } from './keys.ts';
import { layersIn, type Node } from './tree.ts';

interface Props {
  readonly name: string;
  readonly cost: Cost;
  readonly resolution: number;
  readonly geometry: FlopBreakdownGeometry;
  readonly interaction?: Interaction | undefined;
  /** The part that is looked at: whatever shares no layer with it is faded. */
  readonly chosen?: Node | undefined;
}

/** Where a cost goes, as SVG: bars of sums by kind of layer over an icicle of stage, block, layer. */
export function FlopBreakdownView(props: Props) {
  const { name, cost, resolution, geometry: g, interaction, chosen } = props;
  const { axis, headings, font } = g;
  const lit = chosen && new Set(layersIn(chosen).map(({ module }) => module));
  const colours = (node: Node): string => {
    const faded = lit && !layersIn(node).some(({ module }) => lit.has(module));
    return `${stageClass(node.stage)} ${faded ? 'rx-faded' : ''}`;
  };
  const kinds = g.rows.map(({ node }) => node);
  const nodes = g.cells.map(({ node }) => node);
  return (
    <Drawing
      g={g}
      title={say`Where the ${COST_LABELS[cost]} of ${name} go at ${resolution} px`}
      summary={summaryOf(g, cost)}
      live={interaction !== undefined}
    >
      <text class="rx-muted" y={headings.rows}>
        by kind of layer
      </text>
      <text class="rx-strong" x={g.width} y={headings.rows} text-anchor="end">
        <Words svg text={say`${g.total} ${COST_LABELS[cost]}`} />
      </text>
      <text class="rx-muted" y={headings.cells}>
        by stage, block and layer
      </text>
      <g class="rx-axis">
        <Steps ticks={axis.ticks} y={axis.bottom} font={font} from={axis.top} />
      </g>
      <Marks
        label="Kinds of layers, then stages, blocks and layers"
        interaction={interaction}
        next={(key, from) => neighbour(kinds, nodes, key, from)}
      >
        {g.rows.map((row, index) => (
          <RowMark key={row.node.module} {...{ index, row, g, cost, interaction, colours }} />
        ))}
        {g.cells.map((cell, i) => (
          <CellMark
            key={cell.node.module}
            {...{ index: kinds.length + i, cell, cost, interaction, colours }}
          />
        ))}
      </Marks>
      <Labels g={g} colours={colours} live={interaction !== undefined} />
    </Drawing>
  );
}

interface MarkProps {
  readonly index: number;
  readonly cost: Cost;
  readonly interaction: Interaction | undefined;
  /** The classes of a part: its stage's colours, faded where something else was chosen. */
  readonly colours: (node: Node) => string;
}

function CellMark({ cell, cost, colours, ...mark }: MarkProps & { readonly cell: Cell }) {
  const { node, share, gap, x, y, width, height } = cell;
  const name = say`${node.name}: ${formatCost(cost, node[cost])} ${COST_LABELS[cost]}, ${formatShare(share)}`;
  return (
    <Mark {...mark} name={name}>
      <g class={colours(node)}>
        <rect class={`rx-cell ${shade(node)}`} {...{ x, y, width, height }} stroke-width={gap} />
      </g>
    </Mark>
  );
}

function RowMark({
  row: { node, y, segments },
  g,
  cost,
  colours,
  ...mark
}: MarkProps & { readonly row: Row; readonly g: FlopBreakdownGeometry }) {
  const name = say`${node.name}: ${formatCost(cost, node[cost])} ${COST_LABELS[cost]}`;
  return (
    <Mark {...mark} name={name}>
      <rect class="rx-hit" x={0} y={y} width={g.width} height={g.rowHeight} />
      {segments.map(({ node: part, ...box }) => (
        <g key={part.module} class={colours(part)}>
          <rect class={`rx-cell ${shade(part)}`} {...box} stroke-width={1.5} />
        </g>
      ))}
    </Mark>
  );
}

/** The texts on and beside the marks, above them; the marks' own names say the same and more. */
function Labels({
  g,
  colours,
  live,
}: Pick<MarkProps, 'colours'> & { readonly g: FlopBreakdownGeometry; readonly live: boolean }) {
  return (
    <g class="rx-overlay" aria-hidden={live ? 'true' : undefined}>
      {g.rows.map(({ node, y, end, label, aside }) => (
        <g key={node.module}>
          <text y={r(y + g.rowHeight / 2)} dy="0.35em">
            {node.own}
          </text>
          <text x={r(end + INSET)} y={r(y + g.rowHeight / 2)} dy="0.35em">
            <tspan class="rx-strong">
              <Words svg text={label} />
            </tspan>
            <tspan class="rx-muted">
              {' · '}
              <Words svg text={aside} />
            </tspan>
          </text>
        </g>
      ))}
      {g.cells
        .filter(({ lines }) => lines.length > 0)
        .map(({ node, lines }) => (
          <g key={node.module} class={colours(node)}>
            {lines.map(({ text, x, y }, i) => (
              <text
                key={y}
                class={`rx-cell-label ${shade(node)} ${i === 0 && node.level !== 2 ? 'rx-strong' : ''}`}
                x={x}
                y={y}
              >
                <Words svg text={text} />
              </text>
            ))}
          </g>
        ))}
    </g>
  );
}

/** Grouped 3x3 convolutions are solid, 1x1 convolutions pale, projections paler; the same everywhere. */
function shade(node: Node): string {
  const roles = new Set(layersIn(node).map(({ layer }) => layer?.role));
  if (roles.size > 2) return 'rx-solid';
  if (roles.has('conv1') || roles.has('conv3')) return 'rx-pale';
  return roles.has('downsample') ? 'rx-paler' : 'rx-solid';
}

function summaryOf({ cells, rows, total }: FlopBreakdownGeometry, cost: Cost): Text {
  const stages = cells
    .filter(({ node }) => node.level === 1 && !node.layer)
    .map(({ node, share }) => `${node.name} ${formatShare(share)}`);
  const kinds = rows
    .map(({ node, label }) => say`${node.own} ${label}`)
    .reduce((before, kind) => say`${before}, ${kind}`);
  return say`Of ${total} ${COST_LABELS[cost]}: ${stages.join(', ')}. By kind of layer: ${kinds}.`;
}
