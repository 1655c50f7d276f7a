import { plural } from '../../charts/shared/format.ts';
import { COST_LABELS, formatCost } from '../../charts/shared/units.ts';
import { Words } from '../../charts/shared/Words.tsx';
import { COSTS, type Network } from '../../regnet/index.ts';
import { outsideThePaper, PAPER } from '../../zoo/design-query.ts';
import { nearestVariant, variantOf, type Explored } from './state.ts';

/** What the design costs at 224 px, and which of the twelve it is or comes near. */
export function Costs({ network, base }: { readonly network: Network; readonly base: string }) {
  const same = variantOf(network);
  const { model, ratio } = nearestVariant(network);
  return (
    <div class="rx-costs">
      <dl>
        {COSTS.map((cost) => (
          <div key={cost}>
            <dd data-cost={cost}>
              <Words text={formatCost(cost, network.complexity[cost])} />
            </dd>
            <dt>
              <Words text={COST_LABELS[cost]} />
            </dt>
          </div>
        ))}
      </dl>
      <p class="rx-note">
        {same ? (
          'This is '
        ) : (
          <>
            {ratio.toFixed(2)} times the <Words text={COST_LABELS.flops} /> of{' '}
          </>
        )}
        <a href={`${base}/models/${(same ?? model).id}/`}>{(same ?? model).name}</a>. Counted at{' '}
        {network.complexity.resolution} px.
      </p>
    </div>
  );
}

/** Whether the design exists, and whether the paper would have it. Always the same size. */
export function Verdict({ explored }: { readonly explored: Explored }) {
  const { refused, notices, network } = explored;
  if (refused)
    return (
      <div class="rx-verdict rx-refused" role="status">
        <p>
          <strong>Cannot exist.</strong> {refused.message} The picture shows the last design that
          can.
        </p>
      </div>
    );
  const outside = outsideThePaper(network.design, network.stages.length);
  return (
    <div class="rx-verdict" role="status">
      {notices.length > 0 && (
        <p class="rx-refused">
          {notices.join(' ')} The picture shows {describe(network)}.
        </p>
      )}
      {outside.length > 0 ? (
        <p class="rx-outside">
          <strong>Outside the paper’s space.</strong> {outside.join(' ')} The rule still gives a
          network.
        </p>
      ) : (
        <p>
          <strong>Within the paper’s space:</strong> {PAPER.depth[0]} ≤ d ≤ {PAPER.depth[1]}, w
          <sub>m</sub> ≥ {PAPER.wm}, {PAPER.stages} stages, bottleneck ratio 1.
        </p>
      )}
    </div>
  );
}

function describe({ design, stages }: Network): string {
  return `${plural(design.depth, 'block')} in ${plural(stages.length, 'stage')}`;
}
