/** What is under way between the page and the hub, as a pure function of what happened. */
import type { HubEntry } from '../../weights/hub/listing.ts';
import type { Arrived } from './reader/service.ts';

export type SourcesState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'busy'; readonly what: string; readonly arrived: Arrived | null }
  | { readonly phase: 'choosing'; readonly files: readonly HubEntry[] }
  | { readonly phase: 'asking'; readonly file: HubEntry; readonly why: string }
  | { readonly phase: 'done'; readonly file: HubEntry; readonly received: number }
  | { readonly phase: 'failed'; readonly message: string };

export type SourcesAction =
  | { readonly type: 'began'; readonly what: string }
  | { readonly type: 'progressed'; readonly arrived: Arrived }
  | { readonly type: 'found'; readonly files: readonly HubEntry[] }
  | { readonly type: 'asked'; readonly file: HubEntry; readonly why: string }
  | { readonly type: 'took'; readonly file: HubEntry; readonly received: number }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'closed' };

/** The state after an action; progress that comes late changes nothing. */
export function reduceSources(state: SourcesState, action: SourcesAction): SourcesState {
  switch (action.type) {
    case 'began':
      return { phase: 'busy', what: action.what, arrived: null };
    case 'progressed':
      return state.phase === 'busy' ? { ...state, arrived: action.arrived } : state;
    case 'found':
      return { phase: 'choosing', files: action.files };
    case 'asked':
      return { phase: 'asking', file: action.file, why: action.why };
    case 'took':
      return { phase: 'done', file: action.file, received: action.received };
    case 'failed':
      return { phase: 'failed', message: action.message };
    case 'closed':
      return { phase: 'idle' };
  }
}
