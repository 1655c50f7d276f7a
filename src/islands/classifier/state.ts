/** What the panel shows. */
import type { BackendName } from '../../engine/backend.ts';
import type { LabelledClassification } from '../../engine/labels.ts';
import type { LayerTimes } from '../../engine/network.ts';
import type { ClassifierInfo, Parity, Timing } from '../../engine/types.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';
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

export function initialState(checkpoint: CheckpointChoice): PanelState {
  return {
    phase: 'idle',
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

/** The value of `data-checkpoint`: the id, `local`, or nothing. */
export function checkpointId(choice: CheckpointChoice): string {
  return 'id' in choice ? choice.id : choice.kind === 'local' ? 'local' : '';
}
