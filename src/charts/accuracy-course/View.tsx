import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { NotedFigure } from '../shared/Figure.tsx';
import { formatInteger, plural } from '../shared/format.ts';
import { AxisTitle, Base, Levels, Steps } from '../shared/Axis.tsx';
import { Hit, Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import {
  courseGeometry,
  type CourseGeometry,
  type CoursePoint,
  type PublishedLevel,
} from './geometry.ts';

interface Props {
  readonly points: readonly CoursePoint[];
  /** How many pictures there are in all. */
  readonly total: number;
  readonly published: readonly PublishedLevel[];
  readonly interaction?: Interaction | undefined;
}

/** Top-1 accuracy as pictures come in, its 95% interval, and the published figures. */
export function AccuracyCourse(props: Props) {
  const { points, total, published, interaction } = props;
  const chosen = interaction && points[active(interaction.selection) ?? -1];
  return (
    <NotedFigure
      kind="rx-course-chart"
      interaction={interaction}
      said={chosen && pointText(chosen)}
      mark="the line"
      point={summaryOf(props)}
      table={{
        caption: 'Top-1 accuracy after so many pictures, with Wilson’s 95% interval',
        head: ['pictures', 'top-1', 'from', 'to'],
        rows: points.map(({ count, share, low, high }) => [
          formatInteger(count),
          ...[share, low, high].map(percent),
        ]),
      }}
    >
      <Layouts
        draw={(layout) => (
          <CourseView {...props} geometry={courseGeometry(points, total, published, layout)} />
        )}
      />
    </NotedFigure>
  );
}

/** The course as SVG. */
export function CourseView({
  geometry: g,
  interaction,
  ...props
}: Props & { readonly geometry: CourseGeometry }) {
  const { font } = g;
  return (
    <Drawing
      g={g}
      title="Top-1 accuracy as pictures come in"
      summary={summaryOf(props)}
      live={interaction !== undefined}
    >
      <g class="rx-axis">
        <Levels ticks={g.yTicks} g={g} />
        <text x={2} y={font}>
          top-1
        </text>
        <Base g={g} />
        <Steps ticks={g.xTicks} y={g.baseline} font={font} />
        <AxisTitle g={g} y={g.baseline}>
          pictures counted
        </AxisTitle>
      </g>
      <path class="rx-course-band" d={g.band} />
      {g.levels.map(({ y, label, textY }) => (
        <g key={label} class="rx-published">
          <line x1={g.left} x2={g.right} y1={y} y2={y} />
          <text x={g.right} y={textY} text-anchor="end">
            {label}
          </text>
        </g>
      ))}
      <path class="rx-course-line" d={g.line} />
      <Marks
        label="Numbers of pictures"
        interaction={interaction}
        next={(key, from) => step(key, from, g.marks.length)}
      >
        {g.marks.map(({ x, y, slot }, index) => {
          const point = props.points[index];
          if (!point) return null;
          return (
            <Mark key={point.count} index={index} name={pointText(point)} interaction={interaction}>
              <Hit slot={slot} g={g} />
              <circle class="rx-course-dot" cx={x} cy={y} r={3} />
            </Mark>
          );
        })}
      </Marks>
    </Drawing>
  );
}

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;

/** A point in a few words. */
export function pointText({ count, share, low, high }: CoursePoint): string {
  return `${plural(count, 'picture')}: ${percent(share)}, between ${percent(low)} and ${percent(high)}`;
}

/** The picture in sentences. */
export function summaryOf({ points, published }: Pick<Props, 'points' | 'published'>): string {
  const last = points.at(-1);
  if (!last) return 'No picture is counted yet.';
  const mine = `After ${plural(last.count, 'picture')} top-1 is ${percent(last.share)}, with 95% confidence between ${percent(last.low)} and ${percent(last.high)}.`;
  const theirs = published.map(({ label, share }) => `${label}: ${percent(share)}`).join(', ');
  return theirs === '' ? mine : `${mine} Published: ${theirs}.`;
}
