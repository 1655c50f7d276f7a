import { AxisTitle, Base, Levels, Steps } from '../shared/Axis.tsx';
import { Drawing } from '../shared/Drawing.tsx';
import { NotedFigure } from '../shared/Figure.tsx';
import { formatInteger, plural } from '../shared/format.ts';
import { Hit, Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import { r, stageClass } from '../shared/svg.ts';
import {
  formatValue,
  histogram,
  SPARK,
  sparkline,
  type CountScale,
  type Distribution,
  type HistogramGeometry,
} from './geometry.ts';

/** A distribution in a line of text; its numbers stand beside it. */
export function Sparkline({
  counts,
  stage,
}: {
  readonly counts: ArrayLike<number>;
  readonly stage: number;
}) {
  return (
    <svg
      class={`rx-sparkline ${stageClass(stage)}`}
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={sparkline(counts)} />
    </svg>
  );
}

interface Props {
  /** Whose values these are. */
  readonly name: string;
  /** The stage whose colour the bars have; 0 outside of the stages. */
  readonly stage: number;
  readonly distribution: Distribution;
  readonly scale: CountScale;
  readonly interaction?: Interaction | undefined;
}

/** The histogram of a tensor's values: drawing and table. */
export function HistogramChart(props: Props) {
  const { distribution, interaction } = props;
  const geometry = histogram(distribution, props.scale);
  const chosen = interaction && active(interaction.selection);
  const bin = geometry.bars[chosen ?? -1]?.bin;
  return (
    <NotedFigure
      kind="rx-histogram"
      interaction={interaction}
      said={bin === undefined ? undefined : binText(distribution, bin)}
      mark="a bar"
      point={summaryOf(distribution)}
      table={{
        caption: `Values of ${props.name} in ${plural(distribution.counts.length, 'bin')}`,
        head: ['from', 'to', 'values'],
        rows: binsOf(distribution).map(({ from, to, count }) => [
          formatValue(from),
          formatValue(to),
          formatInteger(count),
        ]),
      }}
    >
      <HistogramView {...props} geometry={geometry} />
    </NotedFigure>
  );
}

/** A histogram as SVG. */
export function HistogramView({
  name,
  stage,
  distribution,
  geometry: g,
  interaction,
}: Props & { readonly geometry: HistogramGeometry }) {
  const { font, baseline } = g;
  return (
    <Drawing
      g={g}
      title={`Values of ${name}`}
      summary={summaryOf(distribution)}
      live={interaction !== undefined}
    >
      <g class="rx-axis">
        <Levels ticks={g.yTicks} g={g} gap={6} />
        <text x={2} y={font}>
          values a bin
        </text>
      </g>
      <Marks
        label="Bins"
        interaction={interaction}
        next={(key, from) => step(key, from, g.bars.length)}
      >
        {g.bars.map(({ bin, ...bar }, index) => (
          <Mark key={bin} index={index} name={binText(distribution, bin)} interaction={interaction}>
            <Hit slot={bar} g={g} />
            <rect class={`rx-bar ${stageClass(stage)}`} {...bar} />
          </Mark>
        ))}
      </Marks>
      <g class="rx-axis">
        {g.zero !== null && (
          <line class="rx-zero" x1={g.zero} x2={g.zero} y1={g.top} y2={baseline} />
        )}
        <Base g={g} />
        <Steps ticks={g.xTicks} y={baseline} font={font} />
        <AxisTitle g={g} y={baseline}>
          value
        </AxisTitle>
      </g>
      <line class="rx-mean" x1={g.mean.x} x2={g.mean.x} y1={g.top - 8} y2={baseline} />
      <text
        x={g.mean.anchor === 'end' ? r(g.mean.x - 4) : r(g.mean.x + 4)}
        y={g.top - 4}
        text-anchor={g.mean.anchor}
      >
        mean {formatValue(distribution.mean)}
      </text>
    </Drawing>
  );
}

function binsOf({ min, max, counts }: Distribution) {
  const step = (max - min) / counts.length;
  return Array.from(counts, (count, i) => ({
    from: min + i * step,
    to: min + (i + 1) * step,
    count,
  }));
}

/** A bin in a few words. */
export function binText(distribution: Distribution, bin: number): string {
  const found = binsOf(distribution)[bin];
  if (!found) return '';
  const { from, to, count } = found;
  const where = from === to ? formatValue(from) : `${formatValue(from)} to ${formatValue(to)}`;
  return `${where}: ${plural(count, 'value')}`;
}

/** The picture in a sentence. */
export function summaryOf(distribution: Distribution): string {
  const { min, max, mean, counts } = distribution;
  if (min === max) return `All ${formatInteger(counts[0] ?? 0)} values are ${formatValue(min)}.`;
  const fullest = binsOf(distribution).reduce((a, b) => (b.count > a.count ? b : a));
  return `Values from ${formatValue(min)} to ${formatValue(max)}, mean ${formatValue(mean)}; most, ${formatInteger(fullest.count)}, lie between ${formatValue(fullest.from)} and ${formatValue(fullest.to)}.`;
}
