import { networkOf } from '../../regnet/index.ts';
import { models, shortName } from '../../zoo/models.ts';
import { gainOfV2, MEASURED, robustness, TEST_SETS } from '../../zoo/robustness.ts';
import { Levels } from '../shared/Axis.tsx';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatAccuracy } from '../shared/format.ts';
import { Mark } from '../shared/Marks.tsx';
import { r } from '../shared/svg.ts';
import {
  robustnessPanels,
  type Panel,
  type PlacedPanel,
  type PlacedSeries,
  type RobustnessGeometry,
} from './geometry.ts';

const MARK = 3.25;

/** Accuracy against multiply-adds on every test set: a still chart, rendered at build time. */
export function Robustness() {
  const panels = panelsOf();
  return (
    <Figure
      kind="rx-robustness rx-still"
      point={robustnessPoint()}
      table={{
        caption: 'Top-1 accuracy in percent, measured by timm; torchvision V2 second',
        head: ['variant', ...TEST_SETS.map((set) => set.name)],
        rows: models.map((model) => [
          shortName(model),
          ...panels.map(({ series }) =>
            series
              .flatMap(({ points }) => points.filter(({ name }) => name === shortName(model)))
              .map(({ accuracy }) => formatAccuracy(accuracy))
              .join(' · '),
          ),
        ]),
      }}
    >
      <Layouts
        draw={(layout) => (
          <RobustnessDrawing geometry={robustnessPanels(panels, layout)} panels={panels} />
        )}
      />
    </Figure>
  );
}

/** What the picture shows, in a sentence. */
export function robustnessPoint(): string {
  const gains = TEST_SETS.map((set) => ({ set, gain: gainOfV2(set) })).sort(
    (a, b) => a.gain - b.gain,
  );
  const most = gains.pop();
  const usual = `${gains[0]?.gain.toFixed(1)} to ${gains.at(-1)?.gain.toFixed(1)}`;
  return `torchvision’s longer recipe gains ${usual} points on average, but ${most?.gain.toFixed(1)} on ${most?.set.name}.`;
}

/** The figures of the chart. */
export function panelsOf(): Panel[] {
  return TEST_SETS.map((set) => ({
    ...set,
    series: MEASURED.map(({ id, name }) => ({
      id,
      name,
      points: robustness(set, id).map(({ model, accuracy }) => ({
        name: shortName(model),
        flops: networkOf(model.design).complexity.flops,
        accuracy,
      })),
    })),
  }));
}

interface Props {
  readonly geometry: RobustnessGeometry;
  readonly panels: readonly Panel[];
}

/** Small multiples as SVG: a ring for the official weights, a dot for torchvision's V2. */
export function RobustnessDrawing({ geometry: g, panels }: Props) {
  const told = panels.map(summaryOf);
  return (
    <Drawing
      g={g}
      title="Top-1 accuracy against multiply-adds on six test sets"
      summary={told.join(' ')}
    >
      <g class="rx-marks">
        {g.panels.map((panel, index) => (
          <Mark
            key={panel.id}
            index={index}
            name={told[index] ?? panel.name}
            interaction={undefined}
          >
            <PanelGroup panel={panel} font={g.font} />
          </Mark>
        ))}
      </g>
    </Drawing>
  );
}

function summaryOf({ name, series }: Panel): string {
  const ranges = series.map(({ name: weights, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return `${weights}: none`;
    return `${weights} from ${formatAccuracy(first.accuracy)} at ${first.name} to ${formatAccuracy(last.accuracy)} at ${last.name}`;
  });
  return `${name}: ${ranges.join(', ')}.`;
}

function PanelGroup({ panel: p, font }: { readonly panel: PlacedPanel; readonly font: number }) {
  return (
    <g transform={`translate(${p.x},${p.y})`}>
      <text class="rx-strong" x={0} y={font}>
        {p.name}
      </text>
      {p.lines.map((text, i) => (
        <text key={text} class="rx-muted" x={0} y={r(font * (2.2 + 1.15 * i))}>
          {text}
        </text>
      ))}
      <g class="rx-axis">
        <Levels ticks={p.ticks} g={p} gap={6} />
        <line class="rx-tick" x1={p.left} x2={p.right} y1={p.bottom} y2={p.bottom} />
        {p.ends.map((text, i) => (
          <text
            key={text}
            x={i === 0 ? p.left : p.right}
            y={r(p.bottom + font * 1.25)}
            text-anchor={i === 0 ? 'start' : 'end'}
          >
            {text}
          </text>
        ))}
      </g>
      {p.series.map((series) => (
        <SeriesGroup key={series.id} series={series} right={p.right} />
      ))}
    </g>
  );
}

function SeriesGroup({
  series: { id, path, marks, end, label },
  right,
}: {
  readonly series: PlacedSeries;
  readonly right: number;
}) {
  return (
    <g class={`rx-weights-${id}`}>
      <path class="rx-course" d={path} />
      {marks.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={MARK} />
      ))}
      <text x={end.x} y={end.y} dy="0.35em">
        {end.text}
      </text>
      {label && (
        <text x={right} y={label.y} dy="0.35em" text-anchor="end">
          {label.text}
        </text>
      )}
    </g>
  );
}
