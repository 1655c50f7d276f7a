import type { Scale } from '../../zoo/choice-query.ts';
import type { Answer, Weights } from '../../zoo/choice.ts';
import { Drawing } from '../shared/Drawing.tsx';
import { formatAccuracy } from '../shared/format.ts';
import { Levels, Steps } from '../shared/Axis.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import { r } from '../shared/svg.ts';
import { say, type Text } from '../shared/units.ts';
import { Words } from '../shared/Words.tsx';
import { WEIGHTS_WORDS, type AxisWords } from './axes.ts';
import {
  HALO,
  OTHER,
  RADIUS,
  type Candidate,
  type Cluster,
  type PlacedMark,
  type ScatterGeometry,
} from './geometry.ts';
import type { PlacedLabel } from './labels.ts';

interface Props {
  readonly geometry: ScatterGeometry;
  readonly words: AxisWords;
  readonly scale: Scale;
  /** What may be spent, in the cost's own unit; Infinity where there is no limit. */
  readonly budget: number;
  readonly answer: Answer<Candidate>;
  readonly interaction?: Interaction | undefined;
}

/** Accuracy against a cost as SVG: a dot is ours, a ring official, a diamond torchvision's V2. */
export function ScatterDrawing({ geometry: g, words, scale, budget, answer, interaction }: Props) {
  // One walk through all marks: the variants, then the others by their index.
  const all = [...g.clusters, ...g.others];
  const order = all.map((_, i) => i).sort((a, b) => (all[a]?.x ?? 0) - (all[b]?.x ?? 0));
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? undefined : all[index];
  const other = index === null ? undefined : g.others[index - g.clusters.length];
  const next = (key: string, from: number) => {
    const to = step(key, order.indexOf(from), order.length);
    return to === null ? null : (order[to] ?? null);
  };
  const names = g.clusters.map((cluster) => nameOf(cluster, words));
  return (
    <Drawing
      g={g}
      title={say`Top-1 accuracy against ${words.name}`}
      summary={names.reduce((all, name) => say`${all}. ${name}`)}
      live={interaction !== undefined}
    >
      {budget !== Infinity && <Budget g={g} budget={budget} />}
      <Axes g={g} words={words} scale={scale} />
      <path class="rx-front" d={g.front} />
      {chosen && <line class="rx-guide" x1={chosen.x} x2={chosen.x} y1={g.top} y2={g.bottom} />}
      <Marks label="Variants" interaction={interaction} next={next}>
        {g.others.map((mark, i) => (
          <Mark
            key={mark.name}
            index={g.clusters.length + i}
            name={`${mark.name}: ${formatAccuracy(mark.accuracy)}`}
            interaction={interaction}
          >
            <circle class="rx-hit" cx={mark.x} cy={mark.y} r={HALO * 0.7} />
            <circle class="rx-other" cx={mark.x} cy={mark.y} r={OTHER} />
          </Mark>
        ))}
        {g.clusters.map((cluster, i) => (
          <Mark key={cluster.id} index={i} name={names[i] ?? ''} interaction={interaction}>
            <ClusterGroup cluster={cluster} answer={answer} />
          </Mark>
        ))}
      </Marks>
      {other && (
        <text
          class="rx-strong rx-haloed"
          x={other.x}
          y={r(other.y - g.font * 0.8)}
          text-anchor={
            other.x > g.width * 0.7 ? 'end' : other.x < g.width * 0.3 ? 'start' : 'middle'
          }
        >
          {other.name}
        </text>
      )}
      {g.notes.map((label) => (
        <Label key={label.text} label={label} className="rx-muted rx-haloed" />
      ))}
    </Drawing>
  );
}

/** What the budget does not buy, shaded. */
function Budget({ g, budget }: { readonly g: ScatterGeometry; readonly budget: number }) {
  const x = g.place(budget);
  return (
    <g class="rx-budget-end">
      <rect x={x} y={g.top} width={r(g.right - x)} height={r(g.bottom - g.top)} />
      <line x1={x} x2={x} y1={g.top} y2={g.bottom} />
    </g>
  );
}

interface AxesProps {
  readonly g: ScatterGeometry;
  readonly words: AxisWords;
  readonly scale: Scale;
}

function Axes({ g, words, scale }: AxesProps) {
  return (
    <g class="rx-axis">
      <Levels ticks={g.yTicks} g={g} />
      <Steps ticks={g.xTicks} y={g.bottom} font={g.font} />
      <text x={2} y={g.font}>
        top-1 accuracy on ImageNet-1k
      </text>
      <text x={g.right} y={g.height - 4} text-anchor="end">
        <Words text={say`${words.title}, ${scale === 'log' ? 'logarithmic' : 'linear'}`} svg />
      </text>
    </g>
  );
}

interface ClusterProps {
  readonly cluster: Cluster;
  readonly answer: Answer<Candidate>;
}

/** All of a variant stands relative to its x, so that it glides when the cost axis changes. */
function ClusterGroup({ cluster, answer: { best, alike } }: ClusterProps) {
  const { x, marks, join, hit, label, labelBox, leader } = cluster;
  return (
    <g class="rx-pair" transform={`translate(${x},0)`}>
      <rect class="rx-hit" {...hit} rx={HALO} />
      <rect class="rx-reach" {...labelBox} />
      {marks.length > 1 && <path class="rx-join" d={join} />}
      {leader !== null && <path class="rx-leader" d={leader} />}
      {marks.map((mark) => (
        <rect
          key={mark.candidate.weights}
          class={`rx-interval rx-of-${mark.candidate.weights}`}
          x={r(mark.dx - 3.5)}
          y={mark.high}
          width={7}
          height={r(mark.low - mark.high)}
          rx={3.5}
        />
      ))}
      {marks.map((mark) => (
        <g key={mark.candidate.weights}>
          {mark.candidate === best && <circle class="rx-best" cx={mark.dx} cy={mark.y} r={HALO} />}
          {mark.candidate === alike && (
            <circle class="rx-alike" cx={mark.dx} cy={mark.y} r={HALO} />
          )}
          <Symbol mark={mark} />
        </g>
      ))}
      <Label label={label} className="rx-pair-name rx-haloed" />
    </g>
  );
}

function Symbol({ mark: { candidate, dx, y } }: { readonly mark: PlacedMark }) {
  const { weights, allowed } = candidate;
  const beyond = allowed ? '' : ' rx-beyond';
  return <path class={`rx-mark rx-of-${weights}${beyond}`} d={symbolPath(weights, dx, y)} />;
}

const circle = (x: number, y: number, radius: number): string =>
  `M${r(x - radius)},${y}a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0Z`;

/** The outline of a kind of mark around a point. */
export function symbolPath(weights: Weights, x: number, y: number): string {
  if (weights === 'ours') return circle(x, y, 3.25);
  if (weights === 'official') return circle(x, y, RADIUS);
  return `M${x},${r(y - RADIUS)}L${r(x + RADIUS)},${y}L${x},${r(y + RADIUS)}L${r(x - RADIUS)},${y}Z`;
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

function nameOf({ name, marks }: Cluster, { format, noun }: AxisWords): Text {
  const [first] = marks;
  const figures = marks.map(
    ({ candidate: c }) => `${WEIGHTS_WORDS[c.weights].name} ${formatAccuracy(c.accuracy)}`,
  );
  return say`${name}, ${format(first?.candidate.cost ?? 0)}${noun}: ${figures.join(', ')}`;
}
