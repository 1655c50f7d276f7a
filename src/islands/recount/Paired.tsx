/** Two networks on the same pictures. */
import { formatDifference, formatInteger, plural } from '../../charts/shared/format.ts';
import { scroller } from '../../charts/shared/scroller.ts';
import type { Comparison } from '../../recount/certificate.ts';
import type { SlotState } from './state.ts';
import { Thumbnail } from './Worst.tsx';

interface Props {
  readonly comparison: Comparison;
  readonly first: SlotState;
  readonly second: SlotState;
  readonly picture: (path: string) => Promise<Blob | null>;
}

export function Paired({ comparison, first, second, picture }: Props) {
  const { paired, difference, interval, p, count, disagreements } = comparison;
  const { both, onlyFirst, onlySecond, neither } = paired;
  const [low, high] = interval;
  const nameOf = (index: number) => first.info?.classes[index] ?? `class ${index}`;
  const differs = p < 0.05;
  return (
    <section aria-labelledby="paired" data-paired>
      <h2 id="paired">Both on the same pictures</h2>
      <dl class="accuracies">
        <div>
          <dt>difference of top-1, points</dt>
          <dd data-difference={difference}>{formatDifference(difference)}</dd>
          <dd class="rx-hint">
            95%: {formatDifference(low)} to {formatDifference(high)}
          </dd>
        </div>
        <div>
          <dt>McNemar’s exact test</dt>
          <dd data-p={p}>{p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`}</dd>
          <dd class="rx-hint">{differs ? 'no chance of the pictures' : 'may be chance'}</dd>
        </div>
        <div>
          <dt>pictures of both</dt>
          <dd>{formatInteger(count)}</dd>
          <dd class="rx-hint">
            {plural(onlyFirst + onlySecond, 'picture')}{' '}
            {onlyFirst + onlySecond === 1 ? 'parts' : 'part'} them
          </dd>
        </div>
      </dl>
      <div {...scroller('Pictures by which network is right')}>
        <table class="rx-table">
          <caption class="sr-only">Pictures by which network is right</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{second.name} right</th>
              <th scope="col">wrong</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{first.name} right</th>
              <td>{formatInteger(both)}</td>
              <td>{formatInteger(onlyFirst)}</td>
            </tr>
            <tr>
              <th scope="row">wrong</th>
              <td>{formatInteger(onlySecond)}</td>
              <td>{formatInteger(neither)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      {disagreements.length > 0 && (
        <>
          <h3>Where one is right and the other wrong</h3>
          <ul class="gallery">
            {disagreements.map(([a, b]) => (
              <li key={a.path} data-disagreement={a.path}>
                <Thumbnail path={a.path} picture={picture} />
                <p>
                  is <strong>{nameOf(a.truth)}</strong>
                  <br />
                  {nameOf(a.top5[0] ?? -1)}, {nameOf(b.top5[0] ?? -1)}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
