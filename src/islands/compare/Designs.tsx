import { COST_LABELS, say, type Text } from '../../charts/shared/units.ts';
import { Words } from '../../charts/shared/Words.tsx';
import { PARAMETERS, networkOf } from '../../regnet/index.ts';
import { designChanges } from '../../zoo/compare.ts';
import { designQuery } from '../../zoo/design-query.ts';
import { modelOf, type Model } from '../../zoo/models.ts';
import { Head } from './Head.tsx';
import { scroller } from '../../charts/shared/scroller.ts';

interface Props {
  readonly ids: readonly string[];
  readonly base: string;
}

/** What changes in the design: in words for each against the first, then the five parameters. */
export function Designs({ ids, base }: Props) {
  const compared = ids.map(modelOf);
  const [first, ...others] = compared;
  if (!first) return null;
  return (
    <>
      <div class="rx-changes">
        {others.map((other) => (
          <div key={other.id}>
            <h3>
              {other.name} <span>against {first.name}</span>
            </h3>
            <p>
              <Words text={times(first, other)} />
            </p>
            <ul>
              {designChanges(first, other).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div {...scroller('Design parameters')}>
        <table
          class="rx-table rx-compared"
          role="table"
          style={{ '--columns': ids.length }}
          aria-label="Design parameters"
        >
          <Head ids={ids} base={base} />
          <tbody role="rowgroup">
            {PARAMETERS.map(({ key, symbol, name }) => (
              <tr key={symbol} role="row">
                <th scope="row" role="rowheader">
                  <i>{symbol.charAt(0)}</i>
                  {symbol.length > 1 && <sub>{symbol.slice(1)}</sub>} <small>{name}</small>
                </th>
                {compared.map((model) => (
                  <td key={model.id} role="cell" class="num">
                    {model.design[key]}
                  </td>
                ))}
              </tr>
            ))}
            <tr role="row">
              <th scope="row" role="rowheader">
                <small>in the design space</small>
              </th>
              {compared.map(({ id, name, design }) => (
                <td key={id} role="cell" class="num">
                  <a href={`${base}/design/${designQuery(design)}`}>
                    Change it<span class="rx-spoken"> from {name}</span>
                  </a>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </>
  );
}

/** `2.01 times the multiply-adds for 1.41 times the parameters.` */
function times(first: Model, other: Model): Text {
  const [a, b] = [networkOf(first.design).complexity, networkOf(other.design).complexity];
  const ratio = (cost: 'flops' | 'params' | 'acts') => (b[cost] / a[cost]).toFixed(2);
  return say`${ratio('flops')} times the ${COST_LABELS.flops}, ${ratio('params')} times the parameters, ${ratio('acts')} times the activations.`;
}
