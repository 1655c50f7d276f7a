/** What the panel shows, as a pure function of what happened. */
import type { BackendName } from '../../engine/backend.ts';
import type { LabelledClassification } from '../../engine/labels.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';
import type { LayerTimes } from '../../engine/network.ts';
import type { ClassifierInfo, Parity, Timing } from '../../engine/types.ts';
import type { Settings } from './settings.ts';
import type { WayId } from './ways.ts';

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
  /** How the visitor wants it computed; null while the best that works is taken. */
  readonly way: WayId | null;
  readonly checkpoint: CheckpointChoice;
  /** What happened that nobody asked for, in a sentence. */
  readonly notice: string | null;
  /** Why the page chose this way to compute, in a sentence. */
  readonly because: string | null;
  /** What was asked to be classified, in words. */
  readonly subject: string | null;
  /** Bytes of the weights that have arrived. */
  readonly received: number;
  /** Bytes that the weights have together, where the download tells; null before. */
  readonly total: number | null;
  /** Seconds until they are here; null while that is not known. */
  readonly secondsLeft: number | null;
  /** Nothing has arrived for some seconds. */
  readonly quiet: boolean;
  /** Why official weights are not kept on the device, in a sentence. */
  readonly notKept: string | null;
  /** The classifier that stands ready. */
  readonly info: ClassifierInfo | null;
  readonly result: LabelledClassification | null;
  readonly timing: Timing | null;
  /** How far this device is off; null before that is known, `none` where there is nothing to compare. */
  readonly parity: Parity | 'none' | null;
  readonly layers: LayerTimes | 'measuring' | null;
  readonly problem: Problem | null;
}

/** Everything but `asked` and `cancelled` belongs to the request whose number it carries. */
export type PanelAction = { readonly request: number } & (
  | {
      readonly type: 'asked';
      readonly subject: string | null;
      readonly backend: BackendName;
      readonly way?: WayId | null;
      readonly notice?: string | null;
      readonly checkpoint: CheckpointChoice;
    }
  /** The visitor chose how to compute, and nothing is to be computed yet. */
  | { readonly type: 'way'; readonly way: WayId | null; readonly backend: BackendName }
  | { readonly type: 'noticed'; readonly notice: string }
  | { readonly type: 'quiet' }
  | {
      readonly type: 'received';
      readonly bytes: number;
      readonly total?: number;
      readonly secondsLeft?: number | null;
    }
  | { readonly type: 'obtained'; readonly notKept: string | null }
  /** The visitor stopped it; the checkpoint is the one that is chosen again. */
  | { readonly type: 'cancelled'; readonly checkpoint: CheckpointChoice }
  | {
      readonly type: 'opened';
      readonly info: ClassifierInfo;
      /** What an earlier request has found out about the same classifier. */
      readonly parity?: Parity | 'none' | null;
      readonly because?: string | null;
    }
  | { readonly type: 'checked'; readonly parity: Parity | 'none' }
  | { readonly type: 'layers'; readonly layers: LayerTimes | 'measuring' }
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
    way: null,
    checkpoint,
    notice: null,
    because: null,
    subject: null,
    received: 0,
    total: null,
    secondsLeft: null,
    quiet: false,
    notKept: null,
    info: null,
    result: null,
    timing: null,
    parity: null,
    layers: null,
    problem: null,
  };
}

/**
 * The state after an action. A new request clears what the last one showed; what arrives late, of a
 * request that is not the latest, changes nothing.
 */
export function reduce(state: PanelState, action: PanelAction): PanelState {
  if (action.type === 'asked') {
    const { request, subject, backend, way = null, notice = null, checkpoint } = action;
    if (request <= state.request) return state;
    const asked = { request, subject, backend, way, notice };
    return { ...initialState(checkpoint), phase: 'loading', ...asked };
  }
  if (action.type === 'cancelled')
    return { ...initialState(action.checkpoint), request: action.request, way: state.way };
  if (action.request !== state.request) return state;
  switch (action.type) {
    case 'received':
      if (state.phase !== 'loading') return state;
      return {
        ...state,
        received: action.bytes,
        total: action.total ?? state.total,
        secondsLeft: action.secondsLeft ?? null,
        quiet: false,
      };
    case 'quiet':
      return state.phase === 'loading' ? { ...state, quiet: true, secondsLeft: null } : state;
    case 'noticed':
      return { ...state, notice: action.notice };
    case 'obtained':
      return { ...state, notKept: action.notKept };
    case 'opened':
      return {
        ...state,
        phase: state.subject === null ? 'ready' : 'running',
        backend: action.info.backend,
        info: action.info,
        parity: action.parity ?? null,
        because: action.because ?? null,
      };
    case 'way':
      return { ...state, way: action.way, backend: action.backend };
    case 'checked':
      return { ...state, parity: action.parity };
    case 'layers':
      return { ...state, layers: action.layers };
    case 'classified':
      return { ...state, result: action.result };
    case 'timed':
      return { ...state, phase: 'done', timing: action.timing };
    case 'failed': {
      const { problem, checkpoint } = action;
      const gone = { notice: null, result: null, timing: null, layers: null };
      return { ...state, ...gone, phase: 'error', problem, checkpoint };
    }
  }
}

/** The value of `data-checkpoint`: the id, `local`, or nothing. */
export function checkpointId(choice: CheckpointChoice): string {
  return 'id' in choice ? choice.id : choice.kind === 'local' ? 'local' : '';
}
