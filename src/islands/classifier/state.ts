/** What the panel shows, as a pure function of what happened. */
import type { BackendName } from '../../engine/backend.ts';
import type { LabelledClassification } from '../../engine/client.ts';
import type { EngineErrorCode } from '../../engine/errors.ts';
import type { ClassifierInfo, Timing } from '../../engine/types.ts';
import type { Settings } from './settings.ts';

/** `idle` nothing asked; `loading` weights on their way; `ready` waiting for a picture; `done` timed. */
export type Phase = 'idle' | 'loading' | 'ready' | 'running' | 'done' | 'error';

export interface Problem {
  readonly code: EngineErrorCode;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** Which weights are meant: those that ship, official ones, the visitor's own file, or none yet. */
export type CheckpointChoice =
  | { readonly kind: 'shipped'; readonly id: string }
  | { readonly kind: 'official'; readonly id: string }
  | {
      readonly kind: 'local';
      readonly fileName: string;
      /** What the visitor said of the file; null while the likely is assumed. */
      readonly settings: Settings | null;
    }
  | { readonly kind: 'none' };

export interface PanelState {
  readonly phase: Phase;
  /** Number of the latest request; whatever belongs to an older one is not shown any more. */
  readonly request: number;
  readonly backend: BackendName;
  readonly checkpoint: CheckpointChoice;
  /** What was asked to be classified, in words. */
  readonly subject: string | null;
  /** Bytes of the weights that have arrived. */
  readonly received: number;
  /** Bytes that the weights have together, where the download tells; null before. */
  readonly total: number | null;
  /** Seconds until they are here; null while that is not known. */
  readonly secondsLeft: number | null;
  /** Why official weights are not kept on the device, in a sentence. */
  readonly notKept: string | null;
  /** The classifier that stands ready. */
  readonly info: ClassifierInfo | null;
  readonly result: LabelledClassification | null;
  readonly timing: Timing | null;
  readonly problem: Problem | null;
}

/** Everything but `asked` and `cancelled` belongs to the request whose number it carries. */
export type PanelAction = { readonly request: number } & (
  | {
      readonly type: 'asked';
      readonly subject: string | null;
      readonly backend: BackendName;
      readonly checkpoint: CheckpointChoice;
    }
  | {
      readonly type: 'received';
      readonly bytes: number;
      readonly total?: number;
      readonly secondsLeft?: number | null;
    }
  | { readonly type: 'obtained'; readonly notKept: string | null }
  /** The visitor stopped it; the checkpoint is the one that is chosen again. */
  | { readonly type: 'cancelled'; readonly checkpoint: CheckpointChoice }
  | { readonly type: 'opened'; readonly info: ClassifierInfo }
  | { readonly type: 'classified'; readonly result: LabelledClassification }
  | { readonly type: 'timed'; readonly timing: Timing | null }
  | {
      readonly type: 'failed';
      readonly problem: Problem;
      /** The weights that the next try will use. */
      readonly checkpoint: CheckpointChoice;
    }
);

export function initialState(checkpoint: CheckpointChoice): PanelState {
  return {
    phase: 'idle',
    request: 0,
    backend: 'webgl',
    checkpoint,
    subject: null,
    received: 0,
    total: null,
    secondsLeft: null,
    notKept: null,
    info: null,
    result: null,
    timing: null,
    problem: null,
  };
}

/**
 * The state after an action. A new request clears what the last one showed; what arrives late, of a
 * request that is not the latest, changes nothing.
 */
export function reduce(state: PanelState, action: PanelAction): PanelState {
  if (action.type === 'asked') {
    const { request, subject, backend, checkpoint } = action;
    if (request <= state.request) return state;
    return { ...initialState(checkpoint), phase: 'loading', request, subject, backend };
  }
  if (action.type === 'cancelled')
    return { ...initialState(action.checkpoint), request: action.request };
  if (action.request !== state.request) return state;
  switch (action.type) {
    case 'received':
      if (state.phase !== 'loading') return state;
      return {
        ...state,
        received: action.bytes,
        total: action.total ?? state.total,
        secondsLeft: action.secondsLeft ?? null,
      };
    case 'obtained':
      return { ...state, notKept: action.notKept };
    case 'opened':
      return {
        ...state,
        phase: state.subject === null ? 'ready' : 'running',
        backend: action.info.backend,
        info: action.info,
      };
    case 'classified':
      return { ...state, result: action.result };
    case 'timed':
      return { ...state, phase: 'done', timing: action.timing };
    case 'failed': {
      const { problem, checkpoint } = action;
      return { ...state, phase: 'error', result: null, timing: null, problem, checkpoint };
    }
  }
}

/** The value of `data-checkpoint`: the id, `local`, or nothing. */
export function checkpointId(choice: CheckpointChoice): string {
  return 'id' in choice ? choice.id : choice.kind === 'local' ? 'local' : '';
}
