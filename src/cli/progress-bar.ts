import { megabytes, type Progress } from '../weights/meter.ts';

const CELLS = 24;

/** A progress bar on one line of a terminal; where the stream is no terminal, silence. */
export function progressBar<T>(stream: NodeJS.WriteStream, lineOf: (progress: T) => string) {
  let shown = false;
  return {
    show: (progress: T): void => {
      if (!stream.isTTY) return;
      shown = true;
      stream.write(`\r\u001b[K${lineOf(progress)}`);
    },
    end: (): void => {
      if (shown) stream.write('\n');
    },
  };
}

/** `[######..................]  25%  2.7 of 10.8 MB, 12 s left`. */
export function progressLine({ received, total, secondsLeft }: Progress): string {
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
  return `${barOf(received, total)}  ${megabytes(received)} of ${megabytes(total)} MB${left}`;
}

/** `[######..................]  25%`. */
export function barOf(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(share * CELLS);
  return `[${'#'.repeat(filled)}${'.'.repeat(CELLS - filled)}] ${`${Math.floor(share * 100)}%`.padStart(4)}`;
}
