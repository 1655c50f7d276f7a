/**
 * A choice among the parts of a network, each named as timm names the module: `s3`, `s3.b2`,
 * `s3.b2.conv2`, `stem`. Charts of one network share it, and each shows of it what it has.
 */
import type { Interaction } from './Marks.tsx';
import type { Selection, SelectionEvent } from './selection.ts';

export interface ModuleChoice {
  readonly selection: Selection<string>;
  readonly dispatch: (event: SelectionEvent<string>) => void;
}

/** Whether one of two modules lies within the other, or both are the same. */
export function related(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** A shared choice for a chart whose marks stand for these modules, in this order. */
export function choiceAmong(choice: ModuleChoice, modules: readonly string[]): Interaction {
  const { selection, dispatch } = choice;
  const index = (module: string | null) => {
    const at = module === null ? -1 : modules.indexOf(module);
    return at < 0 ? null : at;
  };
  return {
    selection: { pointed: index(selection.pointed), kept: index(selection.kept) },
    dispatch: (event) => {
      if (event.type === 'leave' || event.type === 'clear') dispatch(event);
      else dispatch({ type: event.type, mark: modules[event.mark] ?? '' });
    },
  };
}
