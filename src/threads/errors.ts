/** Why the engine could not do what was asked, for code; the message is the sentence for people. */
export type EngineErrorCode =
  /** The browser lacks what the backend needs; another may run. */
  | 'no-backend'
  /** The GPU took the context away; a new classifier works. */
  | 'context-lost'
  /** The browser ended the thread that computes; a new one works. */
  | 'worker-lost'
  /** A part of the page's own code did not load; only a reload brings it. */
  | 'code'
  /** What is kept of the weights on this device is not what it was; they can be fetched anew. */
  | 'altered'
  /** The device computes other numbers than it should; on another backend it may be right. */
  | 'mismatch'
  /** The device grants less than the network needs; another way to compute may do. */
  | 'too-large'
  /** One pass takes longer than a page waits. */
  | 'slow'
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

/** A newer deployment of the site has chunks of other names. */
export const CODE_MISSING =
  'A part of this page’s code could not be loaded; perhaps the site was updated meanwhile. Check the connection and reload the page.';

/** How browsers say that a chunk of code was not to be had: Chromium, Firefox, WebKit. */
const NO_CHUNK =
  /dynamically imported module|error loading dynamically|importing a module script failed/i;

/** How browsers say that a buffer was not to be had: V8, SpiderMonkey, JavaScriptCore. */
const NO_ROOM = /allocation failed|out of memory|allocation size|invalid array buffer length/i;

const NO_MEMORY =
  'This device has not enough memory for it: close other pages and programs, or take smaller weights or pictures.';

/** What of an error survives the way from one thread to another. */
export interface PlainError {
  readonly code: EngineErrorCode;
  readonly message: string;
}

/** The code and sentence of an error; a surprise (a fault of ours) is `internal`. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  const cause = error instanceof Error ? error.message : String(error);
  if (NO_CHUNK.test(cause)) return { code: 'code', message: CODE_MISSING };
  if (NO_ROOM.test(cause)) return { code: 'internal', message: NO_MEMORY };
  return {
    code: 'internal',
    message: `The classifier failed unexpectedly (${cause}). Try again, or reload the page.`,
  };
}
