import { Drawing } from '../shared/Drawing.tsx';
import { NotedFigure } from '../shared/Figure.tsx';
import { formatInteger, formatShare, plural } from '../shared/format.ts';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { active, step } from '../shared/selection.ts';
import {
  confusionName,
  confusionsGeometry,
  type Confusion,
  type ConfusionsGeometry,
} from './geometry.ts';

interface Props {
  /** The most frequent first. */
  readonly confusions: readonly Confusion[];
  /** All mistakes, of which these are a part. */
  readonly mistakes: number;
  readonly interaction?: Interaction | undefined;
}

/** What is taken for what: drawing and table. */
export function ConfusionsChart(props: Props) {
  const { confusions, interaction } = props;
  const chosen = interaction && confusions[active(interaction.selection) ?? -1];
  return (
    <NotedFigure
      kind="rx-confusions"
      interaction={interaction}
      said={chosen && confusionText(chosen)}
      mark="a bar"
      point={summaryOf(props)}
      table={{
        caption: 'The most frequent confusions',
        head: ['shown → taken for', 'pictures'],
        rows: confusions.map((one) => [confusionName(one), formatInteger(one.count)]),
      }}
    >
      <ConfusionsView {...props} geometry={confusionsGeometry(confusions)} />
    </NotedFigure>
  );
}

/** The confusions as SVG. */
export function ConfusionsView({
  confusions,
  mistakes,
  geometry: g,
  interaction,
}: Props & { readonly geometry: ConfusionsGeometry }) {
  return (
    <Drawing
      g={g}
      title="The most frequent confusions"
      summary={summaryOf({ confusions, mistakes })}
      live={interaction !== undefined}
    >
      <Marks
        label="Confusions"
        interaction={interaction}
        next={(key, from) => step(key, from, g.rows.length)}
      >
        {g.rows.map(({ slot, bar }, index) => {
          const one = confusions[index];
          if (!one) return null;
          return (
            <Mark
              key={confusionName(one)}
              index={index}
              name={confusionText(one)}
              interaction={interaction}
            >
              <rect class="rx-hit" {...slot} />
              <rect class="rx-confused" {...bar} rx={2} />
            </Mark>
          );
        })}
      </Marks>
      {g.rows.map(({ label, count }, index) => (
        <g key={label.text} class="rx-beside">
          <text x={0} y={label.y}>
            {label.text}
          </text>
          <text class="rx-muted" x={count.x} y={count.y} dy="0.35em">
            {formatInteger(confusions[index]?.count ?? 0)}
          </text>
        </g>
      ))}
    </Drawing>
  );
}

/** A confusion in a few words. */
export function confusionText({ truth, taken, count }: Confusion): string {
  return `${plural(count, 'picture')} of ${truth} taken for ${taken}`;
}

/** The picture in a sentence. */
export function summaryOf({
  confusions,
  mistakes,
}: Pick<Props, 'confusions' | 'mistakes'>): string {
  const [most] = confusions;
  if (!most) return 'No picture is taken for something else.';
  return `Most often, ${most.truth} is taken for ${most.taken}: ${formatInteger(most.count)} of ${plural(mistakes, 'mistake')}, ${formatShare(most.count / mistakes)}.`;
}
