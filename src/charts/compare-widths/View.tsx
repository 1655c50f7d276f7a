import type { Table } from '../shared/DataTable.tsx';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatInteger, plural } from '../shared/format.ts';
import { stageClass } from '../shared/svg.ts';
import { commonScale, mirror, type Compared, type Half, type MirrorGeometry } from './geometry.ts';

/** Stage widths of the first network mirrored against each of the others, and the table. */
export function CompareWidthsChart({ networks }: { readonly networks: readonly Compared[] }) {
  const [first, ...others] = networks;
  const scale = commonScale(networks);
  if (!first) return null;
  return (
    <Figure kind="rx-compare-widths" point={pointOf(first, others)} table={stageTable(networks)}>
      {others.map((other) => (
        <Layouts
          key={other.name}
          draw={(layout) => (
            <MirrorView {...{ first, other }} geometry={mirror(first, other, scale, layout)} />
          )}
        />
      ))}
    </Figure>
  );
}

/** Two networks, one above and one below the axis of blocks. */
export function MirrorView({
  first,
  other,
  geometry: g,
}: {
  readonly first: Compared;
  readonly other: Compared;
  readonly geometry: MirrorGeometry;
}) {
  return (
    <Drawing
      width={g.width}
      height={g.height}
      title={`Stage widths of ${first.name} above, ${other.name} below`}
      summary={`${describe(first)} ${describe(other)}`}
    >
      <g font-size={g.font}>
        <HalfView half={g.upper} g={g} />
        <HalfView half={g.lower} g={g} />
        <line class="rx-mirror-axis" x1={g.left} x2={g.right} y1={g.axis} y2={g.axis} />
        <text class="rx-muted" x={g.left - 8} y={g.axis} dy="0.35em" text-anchor="end">
          0
        </text>
      </g>
    </Drawing>
  );
}

function HalfView({ half, g }: { readonly half: Half; readonly g: MirrorGeometry }) {
  return (
    <g>
      <g class="rx-axis">
        {half.ticks.map(({ y, label }) => (
          <g key={label}>
            <line class="rx-grid" x1={g.left} x2={g.right} y1={y} y2={y} />
            <text x={g.left - 8} y={y} dy="0.35em" text-anchor="end">
              {label}
            </text>
          </g>
        ))}
      </g>
      <text class="rx-strong" x={2} y={half.nameY}>
        {half.name}
      </text>
      {half.stages.map(({ stage, bars, bracket, label, x }) => (
        <g key={stage}>
          <title>{`Stage ${stage}: ${label}`}</title>
          {bars.map((bar) => (
            <rect key={bar.x} class={stageClass(stage)} {...bar} rx={1.5} />
          ))}
          <rect class={stageClass(stage)} {...bracket} />
          <text x={x} y={half.labelY} text-anchor="middle">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

function describe({ name, stages }: Compared): string {
  const parts = stages.map(({ depth, width }) => `${plural(depth, 'block')} of ${width} channels`);
  return `${name}: ${parts.join(', ')}.`;
}

/** What the picture shows, in a sentence. */
export function pointOf(first: Compared, others: readonly Compared[]): string {
  const blocks = ({ stages }: Compared) => stages.reduce((sum, stage) => sum + stage.depth, 0);
  const ends = ({ stages }: Compared) => formatInteger(stages.at(-1)?.width ?? 0);
  const parts = others.map(
    (other) => `${other.name} ${plural(blocks(other), 'block')} and ${ends(other)} channels`,
  );
  return `${first.name} has ${plural(blocks(first), 'block')} and ends ${ends(first)} channels wide; ${parts.join(', ')}.`;
}

/** Every stage of every network. */
export function stageTable(networks: readonly Compared[]): Table {
  const most = Math.max(...networks.map(({ stages }) => stages.length));
  const facts = ['blocks', 'width', 'groups'] as const;
  const value = { blocks: 'depth', width: 'width', groups: 'groups' } as const;
  return {
    caption: 'Stages side by side',
    head: ['stage', ...networks.flatMap(({ name }) => facts.map((fact) => `${name}, ${fact}`))],
    rows: Array.from({ length: most }, (_, i) => [
      String(i + 1),
      ...networks.flatMap(({ stages }) =>
        facts.map((fact) => {
          const stage = stages[i];
          return stage ? formatInteger(stage[value[fact]]) : '–';
        }),
      ),
    ]),
  };
}
