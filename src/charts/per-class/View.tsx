import { useMemo } from 'preact/hooks';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { NotedFigure } from '../shared/Figure.tsx';
import { formatInteger, formatShare, plural } from '../shared/format.ts';
import { AxisTitle, Base, Levels } from '../shared/Axis.tsx';
import { Hit, Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import {
  perClassGeometry,
  shareOf,
  sorted,
  type ClassOutcome,
  type PerClassGeometry,
} from './geometry.ts';

interface Props {
  readonly classes: readonly ClassOutcome[];
  readonly interaction?: Interaction | undefined;
}

/** The accuracy of every class that has pictures: drawing and table. */
export function PerClassChart({ classes, interaction }: Props) {
  const order = useMemo(() => sorted(classes), [classes]);
  const chosen = interaction && order[active(interaction.selection) ?? -1];
  return (
    <NotedFigure
      kind="rx-per-class"
      interaction={interaction}
      said={chosen && classText(chosen)}
      mark="a class"
      point={summaryOf(order)}
      table={{
        caption: 'Accuracy by class, from the lowest',
        head: ['class', 'pictures', 'top-1', 'top-5'],
        rows: order.map((one) => [
          one.label,
          formatInteger(one.count),
          formatShare(shareOf(one)),
          formatShare(one.top5 / one.count),
        ]),
      }}
    >
      <Layouts
        draw={(layout) => (
          <PerClassView
            classes={order}
            geometry={perClassGeometry(order, layout)}
            interaction={interaction}
          />
        )}
      />
    </NotedFigure>
  );
}

/** The classes as SVG, in the order given. */
export function PerClassView({
  classes,
  geometry: g,
  interaction,
}: Props & { readonly geometry: PerClassGeometry }) {
  const { font } = g;
  return (
    <Drawing
      g={g}
      title="Top-1 accuracy by class"
      summary={summaryOf(classes)}
      live={interaction !== undefined}
    >
      <g class="rx-axis">
        <Levels ticks={g.yTicks} g={g} />
        <text x={2} y={font}>
          top-1
        </text>
        <Base g={g} />
        <AxisTitle g={g} y={g.baseline} lines={0}>
          {formatInteger(classes.length)} classes, from the lowest
        </AxisTitle>
      </g>
      <line class="rx-overall" x1={g.left} x2={g.right} y1={g.mean} y2={g.mean} />
      <Marks
        label="Classes"
        interaction={interaction}
        next={(key, from) => step(key, from, classes.length)}
      >
        {g.marks.map(({ x, y, slot }, index) => {
          const one = classes[index];
          if (!one) return null;
          return (
            <Mark key={one.label} index={index} name={classText(one)} interaction={interaction}>
              <Hit slot={slot} g={g} />
              <circle class="rx-class" cx={x} cy={y} r={g.radius} />
            </Mark>
          );
        })}
      </Marks>
    </Drawing>
  );
}

/** A class in a few words. */
export function classText(one: ClassOutcome): string {
  return `${one.label}: ${formatInteger(one.top1)} of ${plural(one.count, 'picture')} right, ${formatShare(shareOf(one))}`;
}

/** The picture in a sentence. */
export function summaryOf(order: readonly ClassOutcome[]): string {
  const [worst, best] = [order[0], order.at(-1)];
  if (!worst || !best) return 'No class has a picture yet.';
  if (worst === best) return `All pictures show one class. ${classText(worst)}.`;
  return `The accuracy of a class lies between ${formatShare(shareOf(worst))} (${worst.label}) and ${formatShare(shareOf(best))} (${best.label}).`;
}
