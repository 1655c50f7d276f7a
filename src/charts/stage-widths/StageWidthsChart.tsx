import type { Network } from '../../regnet/index.ts';
import { Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import type { Interaction } from '../shared/Marks.tsx';
import { Readout } from '../shared/Readout.tsx';
import { active } from '../shared/selection.ts';
import { blocksOf } from './blocks.ts';
import { blockTable, describeBlock, pointOf } from './facts.ts';
import { groupNote, stageWidths } from './geometry.ts';
import { StageWidthsView } from './View.tsx';

interface Props {
  readonly name: string;
  readonly network: Network;
  readonly interaction?: Interaction | undefined;
}

/** The stage-width chart of any network: drawing, the chosen block's figures, and the table. */
export function StageWidthsChart({ name, network, interaction }: Props) {
  const blocks = blocksOf(network);
  const chosen = interaction ? active(interaction.selection) : null;
  return (
    <Figure kind="rx-stage-widths" point={pointOf(network)} table={blockTable(name, blocks)}>
      <Layouts
        draw={(layout) => {
          const geometry = stageWidths(network, layout);
          const note = groupNote(geometry);
          return (
            <>
              <StageWidthsView {...{ name, network, geometry, interaction }} />
              {note !== null && <p class="rx-note">{note}</p>}
            </>
          );
        }}
      />
      <Readout
        {...describeBlock(network, chosen === null ? null : (blocks[chosen] ?? null))}
        hint="Point at a block, tap it, or use the arrow keys."
        live={interaction !== undefined}
      />
    </Figure>
  );
}
