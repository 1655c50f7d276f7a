import type { Network } from '../../regnet/index.ts';
import { Drawing } from '../shared/Drawing.tsx';
import { Formula } from '../shared/Formula.tsx';
import { Levels } from '../shared/Axis.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { step } from '../shared/selection.ts';
import { r, stageClass } from '../shared/svg.ts';
import { BlockIndices, Columns } from '../stage-widths/Columns.tsx';
import { nameOfStep, summaryOf } from './facts.ts';
import type { Band, DesignSpaceGeometry, Panel } from './geometry.ts';

interface Props {
  readonly network: Network;
  readonly geometry: DesignSpaceGeometry;
  readonly interaction?: Interaction | undefined;
}

/** The line, its rounding and the network that comes out, one above the other. */
export function DesignSpaceView({ network, geometry: g, interaction }: Props) {
  return (
    <Drawing
      g={g}
      title="From five parameters to a network"
      summary={summaryOf(network)}
      live={interaction !== undefined}
    >
      {[g.line, g.powers, g.network].map((panel, i) => (
        <Frame key={i} number={i + 1} panel={panel} g={g} />
      ))}
      {g.powers.bands.map((band) => (
        <PowerBand key={band.exponent} band={band} g={g} />
      ))}
      <path class="rx-boundaries" d={g.boundaries} />
      <Marks
        label="Blocks"
        interaction={interaction}
        next={(key, from) => {
          const column = step(key, Math.floor(from / g.every), g.columns.length);
          return column === null ? null : column * g.every;
        }}
      >
        {g.columns.map(({ step: block, hit, bar }) => (
          <Mark
            key={block.index}
            index={block.index}
            name={nameOfStep(block)}
            interaction={interaction}
          >
            <rect class="rx-hit" {...hit} />
            <rect class={`rx-bar ${stageClass(block.stage)}`} {...bar} rx={1.5} />
          </Mark>
        ))}
      </Marks>
      <Line g={g} />
      <Powers g={g} />
      {g.network.groupLines.map(({ stage, path }) => (
        <path key={stage} class="rx-group-lines" d={path} />
      ))}
      <g class="rx-overlay">
        <path class="rx-rule-casing" d={g.network.rule} />
        <path class="rx-rule-line" d={g.network.rule} />
      </g>
      <Stages g={g} />
    </Drawing>
  );
}

function Frame({
  number,
  panel,
  g,
}: {
  readonly number: number;
  readonly panel: Panel;
  readonly g: DesignSpaceGeometry;
}) {
  return (
    <g class="rx-axis">
      <Levels ticks={panel.ticks} g={g} />
      <text class="rx-step-number" x={2} y={panel.title.y}>
        {number}
      </text>
      <text class="rx-step-title" x={18} y={panel.title.y}>
        <Formula font={g.font} pieces={panel.title.pieces} />
      </text>
    </g>
  );
}

function PowerBand({ band, g }: { readonly band: Band; readonly g: DesignSpaceGeometry }) {
  const { stage, y, height, middle, label } = band;
  return (
    <g class="rx-axis">
      <rect
        class={stage === null ? 'rx-band' : `rx-band ${stageClass(stage)}`}
        x={g.left}
        y={y}
        width={g.right - g.left}
        height={height}
      />
      <line class="rx-grid" x1={g.left} x2={g.right} y1={middle} y2={middle} />
      {label && (
        <>
          <text class="rx-strong" x={g.left - 8} y={r(middle - 0.1 * g.font)} text-anchor="end">
            {label.width}
          </text>
          <text x={g.left - 8} y={r(middle + 0.95 * g.font)} text-anchor="end">
            {label.exponent}
          </text>
        </>
      )}
    </g>
  );
}

function Line({ g }: { readonly g: DesignSpaceGeometry }) {
  return (
    <g class="rx-overlay">
      {g.line.points.map(({ x, y }) => (
        <line key={x} class="rx-stem" x1={x} x2={x} y1={g.line.bottom} y2={y} />
      ))}
      <path class="rx-rule-line" d={g.line.path} />
      {g.line.points.map(({ x, y }) => (
        <circle key={x} class="rx-rule-point" cx={x} cy={y} r={Math.min(g.dot, 3)} />
      ))}
    </g>
  );
}

function Powers({ g }: { readonly g: DesignSpaceGeometry }) {
  return (
    <g class="rx-overlay">
      {g.powers.moves.map(({ x, from, to, stage }) => (
        <g key={x}>
          <line class="rx-move" x1={x} x2={x} y1={from} y2={to} />
          <circle class={`rx-whole ${stageClass(stage)}`} cx={x} cy={to} r={g.dot} />
          <circle class="rx-rule-point" cx={x} cy={from} r={r(g.dot * 0.62)} />
        </g>
      ))}
    </g>
  );
}

function Stages({ g }: { readonly g: DesignSpaceGeometry }) {
  return (
    <g class="rx-axis">
      <BlockIndices indices={g.indices} />
      <Columns columns={g.stages} />
    </g>
  );
}
