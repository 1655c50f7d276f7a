import { useEffect, useReducer, useState } from 'preact/hooks';
import type { Interaction } from '../charts/shared/Marks.tsx';
import {
  NOTHING,
  select,
  type Selection,
  type SelectionEvent,
} from '../charts/shared/selection.ts';

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
