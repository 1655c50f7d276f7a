import { Drawing } from '../shared/Drawing.tsx';
import { NotedFigure } from '../shared/Figure.tsx';
import { formatInteger, plural } from '../shared/format.ts';
import { AxisTitle, Base, Levels } from '../shared/Axis.tsx';
import { Hit, Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import { r } from '../shared/svg.ts';
import { reliabilityGeometry, type ReliabilityBin, type ReliabilityGeometry } from './geometry.ts';

interface Props {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error, 0 to 1. */
  readonly ece: number;
  readonly interaction?: Interaction | undefined;
}

/** Whether the network is as often right as it is sure: diagram and table. */
export function ReliabilityChart(props: Props) {
  const { bins, interaction } = props;
  const geometry = reliabilityGeometry(bins);
  const chosen = interaction && geometry.marks[active(interaction.selection) ?? -1];
  const bin = chosen && bins[chosen.bin];
  return (
    <NotedFigure
      kind="rx-reliability"
      interaction={interaction}
      said={bin && binText(bin)}
      mark="a bar"
      point={summaryOf(props)}
      table={{
        caption: 'Answers by the probability of the first class',
        head: ['probability', 'answers', 'mean probability', 'right'],
        rows: bins.map(({ from, to, count, confidence, accuracy }) => [
          `${percent(from)} to ${percent(to)}`,
          formatInteger(count),
          percent(confidence),
          percent(accuracy),
        ]),
      }}
    >
      <ReliabilityView {...props} geometry={geometry} />
    </NotedFigure>
  );
}

/** A reliability diagram as SVG. */
export function ReliabilityView({
  geometry: g,
  interaction,
  ...props
}: Props & { readonly geometry: ReliabilityGeometry }) {
  const { font } = g;
  return (
    <Drawing
      g={g}
      title="Reliability diagram"
      summary={summaryOf(props)}
      live={interaction !== undefined}
    >
      <g class="rx-axis">
        <Levels ticks={g.yTicks} g={g} />
        <text x={2} y={font}>
          right
        </text>
      </g>
      <Marks
        label="Bins"
        interaction={interaction}
        next={(key, from) => step(key, from, g.marks.length)}
      >
        {g.marks.map(({ bin, slot, bar, gap, confidence, share }, index) => {
          const found = props.bins[bin];
          if (!found) return null;
          return (
            <Mark key={bin} index={index} name={binText(found)} interaction={interaction}>
              <Hit slot={slot} g={{ top: g.top, baseline: g.strip.baseline }} />
              <rect class="rx-right" {...bar} />
              <rect class="rx-gap" {...gap} />
              <line
                class="rx-sure"
                x1={slot.x}
                x2={r(slot.x + slot.width)}
                y1={confidence}
                y2={confidence}
              />
              <rect class="rx-answers" {...share} />
            </Mark>
          );
        })}
      </Marks>
      <line class="rx-ideal" x1={g.left} x2={g.right} y1={g.baseline} y2={g.top} />
      <g class="rx-axis">
        <Base g={g} />
        <text x={g.left - 8} y={g.strip.top} dy="0.8em" text-anchor="end">
          count
        </text>
        {g.xTicks.map(({ at, label }) => (
          <text key={label} x={at} y={r(g.strip.baseline + 5 + font)} text-anchor="middle">
            {label}
          </text>
        ))}
        <AxisTitle g={g} y={g.strip.baseline}>
          probability of the first class
        </AxisTitle>
      </g>
    </Drawing>
  );
}

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)}%`);

/** A bin in a few words. */
export function binText({ from, to, count, confidence, accuracy }: ReliabilityBin): string {
  return `${percent(from)} to ${percent(to)}: ${plural(count, 'answer')}, sure to ${percent(confidence)}, right ${percent(accuracy)}`;
}

/** The picture in a sentence. */
export function summaryOf({ bins, ece }: Pick<Props, 'bins' | 'ece'>): string {
  const gap = bins.reduce(
    (sum, { count, confidence, accuracy }) => sum + count * ((confidence ?? 0) - (accuracy ?? 0)),
    0,
  );
  const error = `The expected calibration error is ${percent(ece)}`;
  if (gap === 0) return `${error}.`;
  return `${error}: on the whole the network is ${gap > 0 ? 'surer than it is right' : 'right more often than it is sure'}.`;
}
