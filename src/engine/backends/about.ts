/** What is to be known of a backend before any of its code is loaded. */
import { EngineError } from '../../threads/errors.ts';
import type { BackendName, Precision, Profile } from '../backend.ts';

export interface About {
  readonly id: BackendName;
  /** As it stands in a sentence after "on". */
  readonly label: string;
  /** By itself, as in a list of facts. */
  readonly name: string;
  /** Whether it computes on the graphics processor, which the browser may take away. */
  readonly gpu: boolean;
  /** What it can store numbers as; the first unless told otherwise. */
  readonly precisions: readonly [Precision, ...Precision[]];
  /** Whether a page may choose it for being quick; the others are only asked for by name. */
  readonly contends: boolean;
  /**
   * Whether the browser knows of it at all, told at once and no promise that it computes; null of
   * what every browser knows that this site supports.
   */
  readonly known: (() => boolean) | null;
  /**
   * Names what would compute on this very thread, a worker or the page; null where nothing does. None
   * of the backend's code is loaded for it.
   */
  readonly probe: () => string | null | Promise<string | null>;
  /** What the browser lacks where nothing does, and the sentence for it. */
  readonly needs: string;
  readonly missing: string;
  /** What computes instead where it is missing, lost or wrong; null where nothing simpler is. */
  readonly fallback: BackendName | null;
  /** How the parts of a pass can be timed on it, the best first. */
  readonly timing: readonly Profile['method'][];
}

/** The refusal of a backend that the browser lacks something for. */
export function missingError({ missing }: About, cause?: unknown): EngineError {
  return new EngineError('no-backend', missing, { cause });
}
