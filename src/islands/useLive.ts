import { useEffect, useReducer, useState } from 'preact/hooks';
import type { Interaction } from '../charts/shared/Marks.tsx';
import {
  NOTHING,
  select,
  type Selection,
  type SelectionEvent,
} from '../charts/shared/selection.ts';
import { useAddress } from './address.ts';

/** False in the HTML and in the first render, true once the island answers. */
export function useLive(): boolean {
  const [live, setLive] = useState(false);
  useEffect(() => {
    setLive(true);
  }, []);
  return live;
}

/** The chosen mark of a chart; undefined until the island answers. */
export function useSelection(): Interaction | undefined {
  const live = useLive();
  const [selection, dispatch] = useReducer<Selection, SelectionEvent>(select, NOTHING);
  return live ? { selection, dispatch } : undefined;
}

/**
 * Keeps the chosen mark of a chart in the address, and takes it from there once, when the island
 * answers. `names` are what the marks are called there, in their order.
 */
export function useKept(
  parameter: string,
  interaction: Interaction | undefined,
  names: readonly string[],
): void {
  const live = interaction !== undefined;
  useEffect(() => {
    const mark = names.indexOf(new URLSearchParams(location.search).get(parameter) ?? '');
    if (live && mark >= 0) interaction.dispatch({ type: 'keep', mark });
  }, [live]);
  const kept = interaction?.selection.kept ?? null;
  useAddress({ [parameter]: kept === null ? null : (names[kept] ?? null) }, live);
}
