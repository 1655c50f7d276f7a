import type { Complexity, Cost, Network } from '../../regnet/index.ts';
import { Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import type { Interaction } from '../shared/Marks.tsx';
import { Readout } from '../shared/Readout.tsx';
import { active } from '../shared/selection.ts';
import { breakdownTable, describe, pointOf, totalsOf } from './facts.ts';
import { flopBreakdown, type Mode } from './geometry.ts';
import { targetsOf } from './keys.ts';
import { partsOf } from './parts.ts';
import { FlopBreakdownView } from './View.tsx';

interface Props {
  readonly name: string;
  readonly network: Network;
  readonly cost: Cost;
  readonly mode: Mode;
  /** The published counts at 224 px, where there are any. */
  readonly published: Complexity | null;
  readonly interaction?: Interaction | undefined;
}

/** The breakdown chart of any network: totals, drawing, the chosen part's figures, and the table. */
export function FlopBreakdownChart(props: Props) {
  const { name, network, cost, mode, published, interaction } = props;
  const { resolution } = network.complexity;
  const parts = partsOf(network);
  const drawings = {
    wide: flopBreakdown(parts, cost, mode, 'wide'),
    narrow: flopBreakdown(parts, cost, mode, 'narrow'),
  };
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? null : (targetsOf(drawings.wide)[index] ?? null);
  return (
    <Figure
      kind="rx-flop-breakdown"
      point={pointOf(name, parts, cost)}
      table={breakdownTable(name, parts, resolution)}
    >
      <dl class="rx-totals">
        {totalsOf(parts, published).map((total) => (
          <div key={total.cost}>
            <dt>{total.cost}</dt>
            <dd>{total.value}</dd>
            <dd class="rx-hint">{total.note}</dd>
          </div>
        ))}
      </dl>
      <Layouts
        draw={(layout) => (
          <FlopBreakdownView
            {...{ name, cost, resolution, interaction, geometry: drawings[layout] }}
          />
        )}
      />
      <Readout
        {...describe(parts, chosen, resolution)}
        hint="Point at a part, tap it, or use the arrow keys."
        live={interaction !== undefined}
      />
    </Figure>
  );
}
