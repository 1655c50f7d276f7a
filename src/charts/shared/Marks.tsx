import type { ComponentChildren, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useContext } from 'preact/hooks';
import { active, type Selection, type SelectionEvent } from './selection.ts';
import { r, type Plot, type Slot } from './svg.ts';
import { inUnit, type Text } from './units.ts';
import { SpokenUnit } from './Words.tsx';

/** The state of a chart's marks and the way to change it; absent while the chart stands still. */
export interface Interaction {
  readonly selection: Selection;
  readonly dispatch: (event: SelectionEvent) => void;
  /** Marks that are shown as chosen, where they are others than the one under pointer or keys. */
  readonly lit?: ReadonlySet<number>;
}

/** Whether any mark, or the one of this index, is shown as chosen. */
function isLit({ selection, lit }: Interaction, index?: number): boolean {
  if (lit) return index === undefined ? lit.size > 0 : lit.has(index);
  const chosen = active(selection);
  return index === undefined ? chosen !== null : chosen === index;
}

interface MarksProps {
  /** What the marks are: `Blocks`. */
  readonly label: string;
  readonly interaction: Interaction | undefined;
  /** The mark that a key leads to, or null. */
  readonly next: (key: string, from: number) => number | null;
  readonly children: ComponentChildren;
}

/** A group of marks of which one can be chosen: by pointing, tapping, or one Tab and arrow keys. */
export function Marks({ label, interaction, next, children }: MarksProps) {
  if (!interaction) return <g class="rx-marks">{children}</g>;
  const { selection, dispatch } = interaction;
  const onKeyDown = (event: TargetedKeyboardEvent<SVGGElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') dispatch({ type: 'clear' });
    const to = next(event.key, selection.kept ?? 0);
    if (to === null) return;
    event.preventDefault();
    event.currentTarget.querySelector<SVGGElement>(`[data-mark="${to}"]`)?.focus();
  };
  return (
    <g
      class="rx-marks"
      role="listbox"
      aria-label={label}
      aria-orientation="horizontal"
      data-chosen={isLit(interaction) ? '' : undefined}
      onKeyDown={onKeyDown}
      onPointerDown={follow}
      onPointerUp={() => {
        if (selection.pointed !== null) dispatch({ type: 'keep', mark: selection.pointed });
      }}
      onPointerLeave={() => {
        dispatch({ type: 'leave' });
      }}
    >
      {children}
    </g>
  );
}

/** A finger that moves on points at what is beneath it, not at the mark on which it came down. */
function follow({ target, pointerId }: TargetedPointerEvent<SVGGElement>): void {
  if (target instanceof Element && target.hasPointerCapture(pointerId))
    target.releasePointerCapture(pointerId);
}

interface HitProps {
  readonly slot: Slot;
  readonly g: Pick<Plot, 'top' | 'baseline'>;
}

/** A mark's strip of the plot, which answers for it. */
export function Hit({ slot, g }: HitProps) {
  return <rect class="rx-hit" {...slot} y={g.top} height={r(g.baseline - g.top)} />;
}

interface MarkProps {
  readonly index: number;
  /** What the mark is, in a few words: its accessible name, and its tooltip while still. */
  readonly name: Text;
  readonly interaction: Interaction | undefined;
  readonly children: ComponentChildren;
}

/** One mark. The first one, or the one kept, is the group's stop for the Tab key. */
export function Mark({ index, name, interaction, children }: MarkProps) {
  const spoken = inUnit(name, useContext(SpokenUnit));
  if (!interaction)
    return (
      <g data-mark={index}>
        <title>{spoken}</title>
        {children}
      </g>
    );
  const { selection, dispatch } = interaction;
  const keep = () => {
    dispatch({ type: 'keep', mark: index });
  };
  return (
    <g
      data-mark={index}
      data-chosen={isLit(interaction, index) ? '' : undefined}
      role="option"
      aria-label={spoken}
      aria-selected={active(selection) === index}
      tabindex={(selection.kept ?? 0) === index ? 0 : -1}
      onPointerEnter={() => {
        dispatch({ type: 'point', mark: index });
      }}
      onFocus={keep}
      onClick={keep}
    >
      {children}
    </g>
  );
}
