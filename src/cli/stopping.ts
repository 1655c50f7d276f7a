/** Ctrl-C and its like: one line, then the end; what is to be cleaned up hears `exit`. */
import { complain } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let sentence = (): string => 'Stopped.';

/** Ends the process with one line and status 1 when somebody stops it. */
export function endWhenStopped(): void {
  for (const signal of SIGNALS)
    process.on(signal, () => {
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
