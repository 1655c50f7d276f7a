import {
  formatAccuracy,
  formatDifference,
  formatMilliseconds,
} from '../../charts/shared/format.ts';
import { Cited } from '../../charts/shared/Cited.tsx';
import { COST_LABELS, formatCost, inUnit, type Text } from '../../charts/shared/units.ts';
import { Words } from '../../charts/shared/Words.tsx';
import { COSTS, type Cost } from '../../regnet/index.ts';
import { measuresOf, type Compared, type Measure } from '../../zoo/compare.ts';
import { Head } from './Head.tsx';
import { verdictOf } from '../../zoo/verdict.ts';
import { scroller } from '../../charts/shared/scroller.ts';

interface Props {
  readonly ids: readonly string[];
  readonly base: string;
}

/** Every cost and accuracy side by side; each published figure opens its passport. */
export function Figures({ ids, base }: Props) {
  return (
    <div {...scroller('Costs and accuracies')}>
      <table
        class="rx-table rx-compared"
        role="table"
        style={{ '--columns': ids.length }}
        aria-label="Costs and accuracies"
      >
        <Head ids={ids} base={base} />
        {measuresOf(ids).map(({ title, measures }) => (
          <tbody key={title} role="rowgroup">
            <tr role="row">
              <th role="rowheader" class="rx-group" colSpan={ids.length + 1} scope="rowgroup">
                {title}
              </th>
            </tr>
            {measures.map((measure) => (
              <Row key={measure.key} measure={measure} ids={ids} />
            ))}
            {measures.some(({ key }) => key === 'official') && <OursAgainstOfficial ids={ids} />}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({
  measure: { key, name, note, kind, values },
  ids,
}: {
  readonly measure: Measure;
  readonly ids: readonly string[];
}) {
  const cost = COSTS.find((c) => c === key) ?? null;
  return (
    <tr role="row" data-measure={key}>
      <th scope="row" role="rowheader">
        <Words text={cost ? COST_LABELS[cost] : name} />
        <small>{note}</small>
      </th>
      {values.map((value, i) => (
        <td key={ids[i]} role="cell" class="num">
          {value ? (
            <Cell {...{ value, kind, cost, name }} />
          ) : (
            <span aria-label="not published">–</span>
          )}
        </td>
      ))}
    </tr>
  );
}

function Cell({
  value,
  kind,
  cost,
  name,
}: {
  readonly value: Compared;
  readonly kind: Measure['kind'];
  readonly cost: Cost | null;
  readonly name: string;
}) {
  const { citation, ratio, difference, outside } = value;
  const text = written(value.value, kind, cost);
  return (
    <>
      {citation === null ? (
        <Words text={text} />
      ) : (
        <Cited citation={citation} text={inUnit(text)} label={name} />
      )}
      {kind === 'accuracy'
        ? difference !== null && (
            <small class={outside === false ? 'rx-chance' : undefined}>
              {formatDifference(difference)}
              {outside !== null && (outside ? ', more than chance' : ', within chance')}
            </small>
          )
        : ratio !== null && <small>× {ratio.toFixed(2)}</small>}
    </>
  );
}

function written(value: number, kind: Measure['kind'], cost: Cost | null): Text {
  if (cost) return formatCost(cost, value);
  if (kind === 'accuracy') return formatAccuracy(value);
  return kind === 'h' ? `${value.toFixed(1)}\u00a0h` : formatMilliseconds(value);
}

/** Each variant against its own official training: the verdict of its page. */
function OursAgainstOfficial({ ids }: { readonly ids: readonly string[] }) {
  return (
    <tr role="row" data-measure="verdict">
      <th scope="row" role="rowheader">
        ours − official
        <small>in points</small>
      </th>
      {ids.map((id) => {
        const { difference, band, outside } = verdictOf(id);
        return (
          <td key={id} role="cell" class={outside ? 'num rx-outside' : 'num'}>
            {formatDifference(difference)}
            <small>
              {outside ? 'outside' : 'within'} ±{band.toFixed(2)}
            </small>
          </td>
        );
      })}
    </tr>
  );
}
