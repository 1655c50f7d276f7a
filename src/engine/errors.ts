/** Why the engine could not do what was asked, for code; the message is the sentence for people. */
export type EngineErrorCode =
  /** The browser offers no WebGL2. */
  | 'no-webgl'
  /** The browser offers no WebAssembly with SIMD. */
  | 'no-wasm'
  /** The GPU took the context away; a new classifier works. */
  | 'context-lost'
  /** The device computes other numbers than it should; on another backend it may be right. */
  | 'mismatch'
  /** The picture cannot be read, is empty or too large. */
  | 'picture'
  /** The weights, labels or a sample did not arrive whole. */
  | 'download'
  /** The file is no checkpoint of a RegNetX that this engine can run. */
  | 'checkpoint'
  /** Anything else. */
  | 'internal';

/** An error whose message is one sentence for the visitor: what is wrong and what to do. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** What of an error survives the way from one thread to another. */
export interface PlainError {
  readonly code: EngineErrorCode;
  readonly message: string;
}

/** The code and sentence of an error; a surprise (a fault of ours) is `internal`. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  const cause = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `The classifier failed unexpectedly (${cause}). Try again, or reload the page.`,
  };
}
