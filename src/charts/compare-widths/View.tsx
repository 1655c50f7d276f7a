import type { Table } from '../shared/DataTable.tsx';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatInteger, plural } from '../shared/format.ts';
import { Levels } from '../shared/Axis.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { Readout, type Reading } from '../shared/Readout.tsx';
import { active, step } from '../shared/selection.ts';
import { stageClass } from '../shared/svg.ts';
import {
  commonScale,
  mirror,
  type Compared,
  type Half,
  type MirrorGeometry,
  type StageMark,
} from './geometry.ts';

interface ChartProps {
  readonly networks: readonly Compared[];
  readonly interaction?: Interaction | undefined;
}

/** Stage widths of the first network mirrored against each of the others, and the table. */
export function CompareWidthsChart({ networks, interaction }: ChartProps) {
  const [first, ...others] = networks;
  const scale = commonScale(networks);
  if (!first) return null;
  return (
    <Figure kind="rx-compare-widths" point={pointOf(first, others)} table={stageTable(networks)}>
      {others.map((other) => (
        <Layouts
          key={other.name}
          draw={(layout) => (
            <MirrorView
              {...{ first, other, interaction }}
              geometry={mirror(first, other, scale, layout)}
            />
          )}
        />
      ))}
      <Readout
        {...describeStage(networks, interaction ? active(interaction.selection) : null)}
        hint="Point at a stage, tap it, or use the arrow keys."
        live={interaction !== undefined}
      />
    </Figure>
  );
}

interface MirrorProps {
  readonly first: Compared;
  readonly other: Compared;
  readonly geometry: MirrorGeometry;
  readonly interaction?: Interaction | undefined;
}

/** Two networks, one above and one below the axis of blocks; a stage of both is one mark. */
export function MirrorView({ first, other, geometry: g, interaction }: MirrorProps) {
  const halves = [g.upper, g.lower];
  const most = Math.max(...halves.map(({ stages }) => stages.length));
  return (
    <Drawing
      g={g}
      title={`Stage widths of ${first.name} above, ${other.name} below`}
      summary={`${describe(first)} ${describe(other)}`}
      live={interaction !== undefined}
    >
      {halves.map((half) => (
        <Frame key={half.nameY} half={half} g={g} />
      ))}
      <Marks
        label="Stages of both networks"
        interaction={interaction}
        next={(key, from) => step(key, from, most)}
      >
        {Array.from({ length: most }, (_, index) => (
          <Mark
            key={index}
            index={index}
            name={`Stage ${index + 1}: ${[first, other].map((network) => stageOf(network, index)).join('; ')}`}
            interaction={interaction}
          >
            {halves.map(({ stages, labelY }) => {
              const stage = stages[index];
              return stage && <StageHalf key={labelY} stage={stage} />;
            })}
          </Mark>
        ))}
      </Marks>
      <g class="rx-overlay">
        {halves.flatMap(({ stages, labelY }) =>
          stages.map(({ stage, label, x }) => (
            <text key={`${labelY} ${stage}`} x={x} y={labelY} text-anchor="middle">
              {label}
            </text>
          )),
        )}
      </g>
      <line class="rx-mirror-axis" x1={g.left} x2={g.right} y1={g.axis} y2={g.axis} />
      <text class="rx-muted" x={g.left - 8} y={g.axis} dy="0.35em" text-anchor="end">
        0
      </text>
    </Drawing>
  );
}

function Frame({ half, g }: { readonly half: Half; readonly g: MirrorGeometry }) {
  return (
    <g>
      <g class="rx-axis">
        <Levels ticks={half.ticks} g={g} />
      </g>
      <text class="rx-strong" x={2} y={half.nameY}>
        {half.name}
      </text>
    </g>
  );
}

function StageHalf({ stage: { stage, bars, bracket, hit } }: { readonly stage: StageMark }) {
  return (
    <g>
      <rect class="rx-hit" {...hit} />
      {bars.map((bar) => (
        <rect key={bar.x} class={`rx-bar ${stageClass(stage)}`} {...bar} rx={1.5} />
      ))}
      <rect class={stageClass(stage)} {...bracket} />
    </g>
  );
}

function stageOf({ name, stages }: Compared, index: number): string {
  const stage = stages[index];
  if (!stage) return `${name} has none`;
  return `${name} ${plural(stage.depth, 'block')} of ${formatInteger(stage.width)} channels in ${plural(stage.groups, 'group')}`;
}

/** A stage of every network, or their blocks for null, as a heading and figures. */
export function describeStage(
  networks: readonly Compared[],
  index: number | null,
): { heading: string; readings: Reading[] } {
  return {
    heading: index === null ? 'All stages' : `Stage ${index + 1}`,
    readings: networks.map(({ name, stages }) => {
      if (index === null) {
        const blocks = stages.reduce((sum, { depth }) => sum + depth, 0);
        return { term: name, value: plural(blocks, 'block'), note: plural(stages.length, 'stage') };
      }
      const stage = stages[index];
      if (!stage) return { term: name, value: 'none', note: '\u00a0' };
      const { depth, width, groups, groupWidth } = stage;
      return {
        term: name,
        value: `${depth} × ${formatInteger(width)}`,
        note: `${plural(groups, 'group')} of ${groupWidth}`,
      };
    }),
  };
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
