import { useMemo } from 'preact/hooks';
import type { Network } from '../../regnet/index.ts';
import { Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import type { Interaction } from '../shared/Marks.tsx';
import { choiceAmong, related, type ModuleChoice } from '../shared/modules.ts';
import { Readout } from '../shared/Readout.tsx';
import { active } from '../shared/selection.ts';
import { blocksOf } from './blocks.ts';
import { blockTable, describe, pointOf } from './facts.ts';
import { groupNote, stageWidths } from './geometry.ts';
import { StageWidthsView } from './View.tsx';

interface Props {
  readonly name: string;
  readonly network: Network;
  readonly choice?: ModuleChoice | undefined;
}

/** The stage-width chart of any network: drawing, the chosen part's figures, and the table. */
export function StageWidthsChart({ name, network, choice }: Props) {
  const blocks = useMemo(() => blocksOf(network), [network]);
  const table = useMemo(() => blockTable(name, blocks), [name, blocks]);
  const geometries = useMemo(
    () => ({ wide: stageWidths(network, 'wide'), narrow: stageWidths(network, 'narrow') }),
    [network],
  );
  // A mark a block, then a mark a stage.
  const modules = [
    ...blocks.map(({ module }) => module),
    ...network.stages.map((_, i) => `s${i + 1}`),
  ];
  const chosen = choice ? active(choice.selection) : null;
  const interaction: Interaction | undefined = choice && {
    ...choiceAmong(choice, modules),
    lit: new Set(
      modules.flatMap((module, i) => (chosen !== null && related(module, chosen) ? [i] : [])),
    ),
  };
  return (
    <Figure kind="rx-stage-widths" point={pointOf(network)} table={table}>
      <Layouts
        draw={(layout) => {
          const geometry = geometries[layout];
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
        {...describe(network, blocks, chosen)}
        hint="Point at a block or a stage, tap it, or use the arrow keys."
        live={interaction !== undefined}
      />
    </Figure>
  );
}
