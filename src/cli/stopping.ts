/** Ctrl-C and its like: one line, then the end; what is to be cleaned up hears `exit`. */
import { complain } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let sentence = (): string => 'Stopped.';
/** What ends the command by itself when it is stopped. */
let winding: (() => void) | null = null;

/** Ends the process with one line and status 1 when somebody stops it. */
export function endWhenStopped(): void {
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (winding) {
        winding();
        // Who asks twice does not want to wait.
        winding = null;
        return;
      }
      complain(sentence());
      process.exit(1);
    });
}

/** Says something else if the command is stopped before the function that this returns is called. */
export function whenStopped(tell: () => string): () => void {
  const before = sentence;
  sentence = tell;
  return () => {
    sentence = before;
  };
}

/**
 * Lets a command wind up what it does when it is stopped once, until the function that this returns
 * is called; stopped twice, it ends at once.
 */
export function windUpWhenStopped(windUp: () => void): () => void {
  winding = windUp;
  return () => {
    winding = null;
  };
}
