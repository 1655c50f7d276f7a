/**
 * Which mark of a chart the reader is looking at, as pure transitions. A mark goes by its index, or
 * by a name where several charts share the choice.
 */
export interface Selection<Mark = number> {
  /** Under the pointer. */
  readonly pointed: Mark | null;
  /** Tapped, clicked, or reached by keyboard; stays when the pointer leaves. */
  readonly kept: Mark | null;
}

export type SelectionEvent<Mark = number> =
  | { readonly type: 'point'; readonly mark: Mark }
  | { readonly type: 'leave' }
  | { readonly type: 'keep'; readonly mark: Mark }
  | { readonly type: 'clear' };

export const NOTHING: Selection<never> = { pointed: null, kept: null };

export function select<Mark = number>(
  state: Selection<Mark>,
  event: SelectionEvent<Mark>,
): Selection<Mark> {
  switch (event.type) {
    case 'point':
      return { ...state, pointed: event.mark };
    case 'leave':
      return { ...state, pointed: null };
    case 'keep':
      return { pointed: null, kept: event.mark };
    case 'clear':
      return NOTHING;
  }
}

/** The mark to show: the one under the pointer before the one kept. */
export function active<Mark>(state: Selection<Mark>): Mark | null {
  return state.pointed ?? state.kept;
}

/** Where a key leads from `current` in a row of `count` marks; null for a key without meaning. */
export function step(key: string, current: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(current + 1, last);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(current - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
