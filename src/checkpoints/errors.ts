/** What kind of trouble a file gives; the message says it in words. */
export type CheckpointErrorCode =
  /** The first bytes are of no container that we know. */
  | 'unrecognised'
  /** The file ends before its own tables say that it should. */
  | 'truncated'
  /** The file contradicts its format or itself. */
  | 'malformed'
  /** A number in the file is beyond what a RegNetX checkpoint could need. */
  | 'limit'
  /** The pickle asks for something outside of the allow-list. Nothing was run. */
  | 'refused'
  /** The file is sound, but of a kind that is not read here. */
  | 'unsupported'
  /** There are no tensors in the file. */
  | 'no-weights'
  /** The tensors are named by none of the known schemes. */
  | 'unknown-names'
  /** The weights are a RegNetY's. */
  | 'squeeze-excitation'
  /** The tensors do not make up a RegNetX; `mismatches` lists them. */
  | 'misfit'
  /** A weight is not a finite number, or does not fit the type to be written. */
  | 'bad-values';

/** A tensor that is not as the network needs it. */
export interface Mismatch {
  /** The tensor's name in the file's own naming. */
  readonly name: string;
  /** The shape that the network needs, null when it has no such tensor. */
  readonly expected: readonly number[] | null;
  /** The shape in the file, null when the file has no such tensor. */
  readonly found: readonly number[] | null;
}

/** Longer messages hold a name from the file that is no name. */
const MAX_MESSAGE = 600;

/** Names in messages come from the file: nothing invisible may pass, and nothing endless. */
function tidy(message: string): string {
  const visible = message.replaceAll(/\p{C}/gu, '?');
  return visible.length <= MAX_MESSAGE ? visible : `${visible.slice(0, MAX_MESSAGE)}….`;
}

/** A checkpoint that cannot be used; the message is one sentence for the person who brought it. */
export class CheckpointError extends Error {
  readonly code: CheckpointErrorCode;
  /** What does not fit: the first of it. */
  readonly mismatches: readonly Mismatch[];
  /** How much does not fit in all. */
  readonly misfits: number;
  constructor(
    code: CheckpointErrorCode,
    message: string,
    mismatches: readonly Mismatch[] = [],
    misfits = mismatches.length,
  ) {
    super(tidy(message));
    this.name = 'CheckpointError';
    this.code = code;
    this.mismatches = mismatches;
    this.misfits = misfits;
  }
}

/** Two tensors whose names come down to one, though they are different. */
export function clashError([a, b]: readonly [string, string]): CheckpointError {
  return new CheckpointError(
    'malformed',
    `The tensors ${a} and ${b} are different, but their names mean the same; only one of them can be right.`,
  );
}
