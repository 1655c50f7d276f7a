import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Network } from '../../regnet/index.ts';
import { Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import type { Interaction } from '../shared/Marks.tsx';
import { Readout } from '../shared/Readout.tsx';
import { active, type Selection } from '../shared/selection.ts';
import type { Layout } from '../shared/svg.ts';
import { describeStep, pointOf, stepTable } from './facts.ts';
import { blocksAColumn, designSpace } from './geometry.ts';
import { stepsOf } from './steps.ts';
import { DesignSpaceView } from './View.tsx';

interface Props {
  readonly network: Network;
  /** The network a moment ago: what nobody looks at while dragging follows this one. */
  readonly settled?: Network;
  readonly interaction?: Interaction | undefined;
}

/** A design from the line to the network: drawing, the chosen block's steps, and the table. */
export function DesignSpaceChart({ network, settled = network, interaction: given }: Props) {
  const drawings = useRef<HTMLDivElement>(null);
  const shown = useShownLayout(drawings);
  const steps = useMemo(() => stepsOf(network), [network]);
  const table = useMemo(() => stepTable(stepsOf(settled)), [settled]);
  const { depth } = network.design;
  const every = blocksAColumn(depth);
  const interaction = given && { ...given, selection: drawnOnly(given.selection, depth, every) };
  const chosen = interaction ? active(interaction.selection) : null;
  return (
    <Figure kind="rx-design-space" point={pointOf(network)} table={table}>
      <div ref={drawings}>
        <Layouts
          draw={(layout) => (
            <Drawn
              layout={layout}
              network={shown === null || shown === layout ? network : settled}
              interaction={interaction}
            />
          )}
        />
      </div>
      <Readout
        {...describeStep(network, steps, chosen === null ? null : (steps[chosen] ?? null))}
        hint={
          every === 1
            ? 'Point at a block, tap it, or use the arrow keys.'
            : `Each column stands for ${every} blocks, of which it tells the first: point at it, tap it, or use the arrow keys.`
        }
        live={interaction !== undefined}
      />
    </Figure>
  );
}

/** A choice of blocks as a choice of columns; what a shorter network lacks is not chosen any more. */
function drawnOnly({ pointed, kept }: Selection, depth: number, every: number): Selection {
  const columnOf = (block: number | null) =>
    block === null || block >= depth ? null : block - (block % every);
  return { pointed: columnOf(pointed), kept: columnOf(kept) };
}

/** One layout of the drawing, drawn anew only when what it shows changes. */
function Drawn({ layout, network, interaction }: Omit<Props, 'settled'> & { layout: Layout }) {
  const geometry = useMemo(() => designSpace(network, layout), [network, layout]);
  const { pointed, kept } = interaction?.selection ?? {};
  return useMemo(
    () => <DesignSpaceView {...{ network, geometry, interaction }} />,
    [geometry, interaction === undefined, pointed, kept],
  );
}

/** The layout that drawing.css shows in this element; null until it is known. */
function useShownLayout(drawings: { readonly current: HTMLElement | null }): Layout | null {
  const [shown, setShown] = useState<Layout | null>(null);
  useEffect(() => {
    const element = drawings.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const wide = element.querySelector('.rx-wide');
      setShown(wide && wide.getClientRects().length > 0 ? 'wide' : 'narrow');
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return shown;
}
