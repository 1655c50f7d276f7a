import { useEffect, useState } from 'preact/hooks';
import type { ModuleChoice } from '../charts/shared/modules.ts';
import {
  NOTHING,
  select,
  type Selection,
  type SelectionEvent,
} from '../charts/shared/selection.ts';

/** One choice for all islands of a page, which share this module: what one lights, the others light. */
let selection: Selection<string> = NOTHING;
const listeners = new Set<() => void>();

function dispatch(event: SelectionEvent<string>): void {
  selection = select(selection, event);
  for (const listener of listeners) listener();
}

/** The part of the network that the page's charts show as chosen; undefined until the island answers. */
export function useModules(): ModuleChoice | undefined {
  const [choice, setChoice] = useState<ModuleChoice>();
  useEffect(() => {
    const update = () => {
      setChoice({ selection, dispatch });
    };
    listeners.add(update);
    update();
    return () => {
      listeners.delete(update);
    };
  }, []);
  return choice;
}
