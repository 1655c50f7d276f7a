import { useEffect, useState } from 'preact/hooks';
import type { ModuleChoice } from '../charts/shared/modules.ts';
import {
  NOTHING,
  select,
  type Selection,
  type SelectionEvent,
} from '../charts/shared/selection.ts';
import { useAddress } from './address.ts';

/** One choice for all islands of a page, which share this module: what one lights, the others light. */
let selection: Selection<string> = NOTHING;
const listeners = new Set<() => void>();

function dispatch(event: SelectionEvent<string>): void {
  selection = select(selection, event);
  for (const listener of listeners) listener();
}

const PARAMETER = 'part';
let opened = false;

/** Takes the choice from the address, once for all islands. */
function openChoice(): void {
  if (opened) return;
  opened = true;
  const part = new URLSearchParams(location.search).get(PARAMETER) ?? '';
  if (/^(stem|head|s\d+)(\.\w+)*$/.test(part)) selection = { pointed: null, kept: part };
}

/** The part of the network that the page's charts show as chosen; undefined until the island answers. */
export function useModules(): ModuleChoice | undefined {
  const [choice, setChoice] = useState<ModuleChoice>();
  useEffect(() => {
    const update = () => {
      setChoice({ selection, dispatch });
    };
    openChoice();
    listeners.add(update);
    update();
    return () => {
      listeners.delete(update);
    };
  }, []);
  useAddress({ [PARAMETER]: choice?.selection.kept ?? null }, choice !== undefined);
  return choice;
}
