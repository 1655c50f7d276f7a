import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatInteger, plural } from '../shared/format.ts';
import { Levels } from '../shared/Levels.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import { r } from '../shared/svg.ts';
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
    <Figure
      kind={interaction ? 'rx-course-chart' : 'rx-course-chart rx-still'}
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
      {interaction && (
        <p class="rx-note" role="status">
          {chosen ? pointText(chosen) : 'Point at the line, tap it, or use the arrow keys.'}
        </p>
      )}
    </Figure>
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
      width={g.width}
      height={g.height}
      title="Top-1 accuracy as pictures come in"
      summary={summaryOf(props)}
      live={interaction !== undefined}
    >
      <g font-size={font}>
        <g class="rx-axis">
          <Levels ticks={g.yTicks} g={g} />
          <text x={2} y={font}>
            top-1
          </text>
          <line class="rx-base" x1={g.left} x2={g.right} y1={g.baseline} y2={g.baseline} />
          {g.xTicks.map(({ at, label }) => (
            <g key={label}>
              <line class="rx-tick" x1={at} x2={at} y1={g.baseline} y2={g.baseline + 4} />
              <text x={at} y={r(g.baseline + 5 + font)} text-anchor="middle">
                {label}
              </text>
            </g>
          ))}
          <text x={r((g.left + g.right) / 2)} y={r(g.baseline + font * 2.6)} text-anchor="middle">
            pictures counted
          </text>
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
              <Mark
                key={point.count}
                index={index}
                name={pointText(point)}
                interaction={interaction}
              >
                <rect class="rx-hit" {...slot} y={g.top} height={r(g.baseline - g.top)} />
                <circle class="rx-course-dot" cx={x} cy={y} r={3} />
              </Mark>
            );
          })}
        </Marks>
      </g>
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
