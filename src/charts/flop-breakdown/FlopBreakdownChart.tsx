import { useMemo } from 'preact/hooks';
import type { Complexity, Cost, Network } from '../../regnet/index.ts';
import { Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { choiceAmong, type ModuleChoice } from '../shared/modules.ts';
import { Readout } from '../shared/Readout.tsx';
import { active } from '../shared/selection.ts';
import { COST_LABELS } from '../shared/units.ts';
import { Words } from '../shared/Words.tsx';
import { breakdownTable, describe, pointOf, totalsOf } from './facts.ts';
import { formulaText } from './formulas.ts';
import { flopBreakdown, type Mode } from './geometry.ts';
import { kindsOf, nodesOf, treeOf } from './tree.ts';
import { FlopBreakdownView } from './View.tsx';

interface Props {
  readonly name: string;
  readonly network: Network;
  readonly cost: Cost;
  readonly mode: Mode;
  /** The published counts at 224 px, where there are any. */
  readonly published: Complexity | null;
  readonly choice?: ModuleChoice | undefined;
}

/** The breakdown chart of any network: totals, drawing, the chosen part's figures, and the table. */
export function FlopBreakdownChart({ name, network, cost, mode, published, choice }: Props) {
  const { resolution } = network.complexity;
  const { tree, kinds, marks, table } = useMemo(() => {
    const tree = treeOf(network);
    const kinds = kindsOf(tree);
    const table = breakdownTable(name, tree, kinds, network.complexity.resolution);
    return { tree, kinds, marks: [...kinds, ...nodesOf(tree)], table };
  }, [name, network]);
  const geometries = useMemo(
    () => ({
      wide: flopBreakdown(tree, kinds, cost, mode, 'wide'),
      narrow: flopBreakdown(tree, kinds, cost, mode, 'narrow'),
    }),
    [tree, kinds, cost, mode],
  );
  const interaction =
    choice &&
    choiceAmong(
      choice,
      marks.map(({ module }) => module),
    );
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? undefined : marks[index];
  return (
    <Figure
      kind="rx-flop-breakdown"
      point={<Words text={pointOf(name, tree, kinds, cost)} />}
      table={table}
    >
      <dl class="rx-totals">
        {totalsOf(tree, published).map(({ cost, value, note }) => (
          <div key={cost}>
            <dt>
              <Words text={COST_LABELS[cost]} />
            </dt>
            <dd>
              <Words text={value} />
            </dd>
            <dd class="rx-hint">
              <Words text={note} />
            </dd>
          </div>
        ))}
      </dl>
      <Layouts
        draw={(layout) => (
          <FlopBreakdownView
            {...{ name, cost, resolution, interaction, chosen, geometry: geometries[layout] }}
          />
        )}
      />
      <Readout
        {...describe(tree, chosen ?? tree, resolution)}
        hint="Point at a part, tap it, or use the arrow keys."
        live={interaction !== undefined}
      >
        <p class="rx-formula">
          <Words text={formulaText(chosen ?? tree, cost)} />
        </p>
      </Readout>
    </Figure>
  );
}
