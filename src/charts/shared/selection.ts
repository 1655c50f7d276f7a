/** Which mark of a chart the reader is looking at, as pure transitions. */
export interface Selection {
  /** Under the pointer. */
  readonly pointed: number | null;
  /** Tapped, clicked, or reached by keyboard; stays when the pointer leaves. */
  readonly kept: number | null;
}

export type SelectionEvent =
  | { readonly type: 'point'; readonly index: number }
  | { readonly type: 'leave' }
  | { readonly type: 'keep'; readonly index: number }
  | { readonly type: 'clear' };

export const NOTHING: Selection = { pointed: null, kept: null };

export function select(state: Selection, event: SelectionEvent): Selection {
  switch (event.type) {
    case 'point':
      return { ...state, pointed: event.index };
    case 'leave':
      return { ...state, pointed: null };
    case 'keep':
      return { pointed: null, kept: event.index };
    case 'clear':
      return NOTHING;
  }
}

/** The mark to show: the one under the pointer before the one kept. */
export function active(state: Selection): number | null {
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
