/** What the inspector shows, as a pure function of what happened. */
import type { FileReport } from '../../checkpoints/report.ts';
import type { Progress } from './reader/service.ts';

export type InspectorState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'reading'; readonly file: File; readonly progress: Progress | null }
  | { readonly phase: 'failed'; readonly file: File; readonly message: string }
  | { readonly phase: 'open'; readonly file: File; readonly report: FileReport };

/** All but `chosen` and `closed` belong to the file that they name. */
export type InspectorAction =
  | { readonly type: 'chosen'; readonly file: File }
  | { readonly type: 'progressed'; readonly file: File; readonly progress: Progress }
  | { readonly type: 'inspected'; readonly file: File; readonly report: FileReport }
  | { readonly type: 'failed'; readonly file: File; readonly message: string }
  | { readonly type: 'closed' };

/** The state after an action. What arrives late, of a file that is not the latest, changes nothing. */
export function reduce(state: InspectorState, action: InspectorAction): InspectorState {
  if (action.type === 'chosen') return { phase: 'reading', file: action.file, progress: null };
  if (action.type === 'closed') return { phase: 'idle' };
  if (state.phase !== 'reading' || state.file !== action.file) return state;
  const { file } = action;
  switch (action.type) {
    case 'progressed':
      return { ...state, progress: action.progress };
    case 'inspected':
      return { phase: 'open', file, report: action.report };
    case 'failed':
      return { phase: 'failed', file, message: action.message };
  }
}
