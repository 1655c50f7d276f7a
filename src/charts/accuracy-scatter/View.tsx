import type { Cost } from '../../regnet/index.ts';
import { Drawing } from '../shared/Drawing.tsx';
import { COST_NAMES, formatAccuracy, formatCount } from '../shared/format.ts';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { r } from '../shared/svg.ts';
import { active, step } from '../shared/selection.ts';
import { HALO, RADIUS, type Pair, type ScatterGeometry } from './geometry.ts';
import type { PlacedLabel } from './labels.ts';

interface Props {
  readonly geometry: ScatterGeometry;
  readonly cost: Cost;
  readonly interaction?: Interaction | undefined;
}

/** Accuracy against cost as SVG: a ring for the official training, a dot for ours, joined. */
export function ScatterDrawing({ geometry: g, cost, interaction }: Props) {
  const order = g.pairs
    .map((_, i) => i)
    .sort((a, b) => (g.pairs[a]?.x ?? 0) - (g.pairs[b]?.x ?? 0));
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? undefined : g.pairs[index];
  const next = (key: string, from: number) => {
    const to = step(key, order.indexOf(from), order.length);
    return to === null ? null : (order[to] ?? null);
  };
  return (
    <Drawing
      width={g.width}
      height={g.height}
      title={`Top-1 accuracy against ${COST_NAMES[cost]}, ours and official`}
      summary={g.pairs.map((pair) => nameOf(pair, cost)).join('. ')}
      live={interaction !== undefined}
    >
      <g font-size={g.font}>
        <Axes g={g} cost={cost} />
        {g.series.map((label) => (
          <Label key={label.text} label={label} className="rx-muted" />
        ))}
        {chosen && (
          <line
            class="rx-guide"
            x1={chosen.x}
            x2={chosen.x}
            y1={r(Math.max(chosen.ours, chosen.official) + RADIUS)}
            y2={g.bottom}
          />
        )}
        <Marks label="Variants" interaction={interaction} next={next}>
          {g.pairs.map((pair, index) => (
            <PairMark
              key={pair.candidate.id}
              name={nameOf(pair, cost)}
              {...{ index, pair, interaction }}
            />
          ))}
        </Marks>
      </g>
    </Drawing>
  );
}

function Axes({ g, cost }: { readonly g: ScatterGeometry; readonly cost: Cost }) {
  return (
    <g class="rx-axis">
      {g.yTicks.map(({ y, label }) => (
        <g key={label}>
          <line class="rx-grid" x1={g.left} x2={g.right} y1={y} y2={y} />
          <text x={g.left - 8} y={y} dy="0.35em" text-anchor="end">
            {label}
          </text>
        </g>
      ))}
      {g.xTicks.map(({ x, label }) => (
        <g key={label}>
          <line class="rx-tick" x1={x} x2={x} y1={g.bottom} y2={g.bottom + 4} />
          <text x={x} y={g.bottom + 6 + g.font} text-anchor="middle">
            {label}
          </text>
        </g>
      ))}
      <text x={2} y={g.font}>
        top-1 accuracy on ImageNet-1k
      </text>
      <text x={g.right} y={g.height - 4} text-anchor="end">
        {COST_NAMES[cost]}
        {cost !== 'params' && ' at 224 px'}, logarithmic
      </text>
    </g>
  );
}

interface PairMarkProps {
  readonly index: number;
  readonly name: string;
  readonly pair: Pair;
  readonly interaction: Interaction | undefined;
}

/** Everything of a pair stands relative to its x, so that it glides when the cost axis changes. */
function PairMark({ index, name, pair, interaction }: PairMarkProps) {
  const { x, ours, official, label, labelBox } = pair;
  return (
    <Mark index={index} name={name} interaction={interaction}>
      <g class="rx-pair" transform={`translate(${x},0)`}>
        <rect
          class="rx-hit"
          x={-HALO}
          y={r(Math.min(ours, official) - HALO)}
          width={2 * HALO}
          height={r(Math.abs(ours - official) + 2 * HALO)}
          rx={HALO}
        />
        <rect class="rx-reach" {...labelBox} />
        <line class="rx-join" y1={ours} y2={official} />
        <circle class="rx-official" cy={official} r={RADIUS} />
        <circle class="rx-ours" cy={ours} r={3.25} />
        <Label label={label} className="rx-pair-name" />
      </g>
    </Mark>
  );
}

function Label({
  label: { x, y, anchor, text },
  className,
}: {
  readonly label: PlacedLabel;
  readonly className: string;
}) {
  return (
    <text class={className} x={x} y={y} dy="0.35em" text-anchor={anchor}>
      {text}
    </text>
  );
}

function nameOf({ candidate }: Pair, cost: Cost): string {
  const { name, ours, official } = candidate;
  return `${name}, ${formatCount(candidate[cost])} ${COST_NAMES[cost]}: ours ${formatAccuracy(ours)}, official ${formatAccuracy(official)}`;
}
