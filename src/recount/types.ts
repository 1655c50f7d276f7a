/** What page and command have in common when pictures are counted; types only. */

/** A picture that can be read, at any time and in any order. */
export interface Picture {
  /** Below what was given, with `/` between folders; unique within a source. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes; rejects when the disk does not give them any more. */
  read(): Promise<Blob>;
}

/** A folder, a choice of files or an archive. */
export interface Source {
  readonly name: string;
  /**
   * All files, none of which is read. What was listed stays when the rest cannot be: it then throws
   * a RecountError.
   */
  list(): AsyncIterable<Picture>;
}

/** Why a file was not counted. */
export type ProblemKind =
  /** Its name is none of a picture's. */
  | 'not-a-picture'
  /** Neither a list nor a folder says what it shows. */
  | 'no-truth'
  /** What it is said to show is no class of the network. */
  | 'other-class'
  /** Several classes go by the name that it has. */
  | 'ambiguous'
  /** The disk did not give it, or it cannot be decoded. */
  | 'unreadable';

/** A file that was not counted. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly path: string;
  /** A sentence. */
  readonly reason: string;
}

/** What the network says of one picture; the five most probable classes in falling order. */
export interface Answer {
  readonly path: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Index of the class that it shows. */
  readonly truth: number;
  readonly top5: readonly number[];
  /** Of `top5`, 0 to 1. */
  readonly probabilities: readonly number[];
}

/** How many were counted, and for how many the truth was first, or among the first five. */
export interface Counts {
  readonly count: number;
  readonly top1: number;
  readonly top5: number;
}
