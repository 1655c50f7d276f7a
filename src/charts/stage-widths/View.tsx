import type { Network } from '../../regnet/index.ts';
import { plural, formatResolution } from '../shared/format.ts';
import { Drawing } from '../shared/Drawing.tsx';
import { Formula } from '../shared/Formula.tsx';
import { Levels } from '../shared/Axis.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { r, stageClass } from '../shared/svg.ts';
import { BlockIndices, Columns } from './Columns.tsx';
import type { Bar, StageWidthsGeometry } from './geometry.ts';
import { neighbour } from './keys.ts';

interface Props {
  /** What the network is called: `RegNetX-200MF`. */
  readonly name: string;
  readonly network: Network;
  readonly geometry: StageWidthsGeometry;
  readonly interaction?: Interaction | undefined;
}

/** Stage widths as SVG: bars a block, the linear rule and the staircase that quantisation makes of it. */
export function StageWidthsView({ name, network, geometry: g, interaction }: Props) {
  return (
    <Drawing
      g={g}
      title={`Stage widths of ${name}`}
      summary={summaryOf(network)}
      live={interaction !== undefined}
    >
      <Axis g={g} />
      <Marks
        label="Blocks, then stages"
        interaction={interaction}
        next={(key, from) => neighbour(g.bars, network.stages.length, key, from)}
      >
        {g.bars.map((bar) => (
          <BarMark key={bar.block.index} bar={bar} interaction={interaction} />
        ))}
        {g.columns.columns.map(({ stage, hit }) => (
          <Mark
            key={stage}
            index={g.bars.length + stage - 1}
            name={`Stage ${stage}: ${plural(network.stages[stage - 1]?.depth ?? 0, 'block')}`}
            interaction={interaction}
          >
            <rect class="rx-hit" {...hit} rx={2} />
          </Mark>
        ))}
      </Marks>
      {g.groupLines.map(({ stage, path }) => (
        <path key={stage} class="rx-group-lines" d={path} />
      ))}
      <Overlay g={g} />
      <Columns columns={g.columns} />
    </Drawing>
  );
}

function Axis({ g }: { readonly g: StageWidthsGeometry }) {
  return (
    <g class="rx-axis">
      <Levels ticks={g.ticks} g={g} />
      <text x={2} y={r(g.font * 1.2)}>
        width in channels
      </text>
      <BlockIndices indices={g.indices} />
    </g>
  );
}

function BarMark({
  bar: { block, hit, ...box },
  interaction,
}: {
  readonly bar: Bar;
  readonly interaction: Interaction | undefined;
}) {
  const name = `Block ${block.index + 1}, stage ${block.stage}: ${block.width} wide, ${plural(block.groups, 'group')}, ${formatResolution(block.resolution)}`;
  return (
    <Mark index={block.index} name={name} interaction={interaction}>
      <rect class="rx-hit" {...hit} />
      <rect class={`rx-bar ${stageClass(block.stage)}`} {...box} rx={1.5} />
    </Mark>
  );
}

/** The lines above the bars, which let the pointer through. */
function Overlay({ g }: { readonly g: StageWidthsGeometry }) {
  const { rule, steps } = g;
  return (
    <g class="rx-overlay">
      <path class="rx-steps" d={steps.path} />
      {steps.label && (
        <text class="rx-steps-label" x={steps.label.x} y={steps.label.y} text-anchor="end">
          <Formula font={g.font} pieces={steps.label.formula} />
        </text>
      )}
      <path class="rx-rule-casing" d={rule.path} />
      <path class="rx-rule-line" d={rule.path} />
      {rule.points.map(({ x, y }) => (
        <circle key={x} class="rx-rule-point" cx={x} cy={y} r={2.5} />
      ))}
      <text class="rx-rule-label" x={rule.label.x} y={rule.label.y} text-anchor="end">
        <Formula font={g.font} pieces={rule.label.formula} />
      </text>
    </g>
  );
}

/** The picture in sentences. */
export function summaryOf({ design, stages }: Network): string {
  const parts = stages.map(
    ({ depth, width, groups, resolution }, i) =>
      `stage ${i + 1} has ${plural(depth, 'block')}, ${width} channels wide in ${plural(groups, 'group')}, at ${formatResolution(resolution)} pixels`,
  );
  return `${plural(design.depth, 'block')} in ${plural(stages.length, 'stage')}: ${parts.join('; ')}. The linear rule is ${design.w0} plus ${design.wa} times the block's index.`;
}
