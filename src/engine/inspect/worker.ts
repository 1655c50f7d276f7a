/** Reading, measuring and rewriting a checkpoint on a thread of its own; one job, then it is ended. */
import { expose } from 'comlink';
import { CheckpointError, type KnownDesign } from '../../checkpoints/index.ts';
import { EngineError } from '../errors.ts';
import { readWhole, rewrite, type RewriteOptions } from './file.ts';
import { reportOf, type FileReport } from './report.ts';

/** How far a job is: bytes read from the file, or bytes of tensors measured. */
export interface Progress {
  readonly step: 'reading' | 'measuring';
  readonly bytes: number;
}

/** An answer that keeps an error's sentence on its way between threads. */
export type Answer<T> = { readonly value: T } | { readonly problem: string };

/** Progress is told at most every so many milliseconds. */
const TELL_EVERY_MS = 60;

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof CheckpointError || error instanceof EngineError)
      return { problem: error.message };
    const cause = error instanceof Error ? error.message : String(error);
    return {
      problem: `Reading the file failed unexpectedly (${cause}). Reload the page and try again.`,
    };
  }
}

const api = {
  inspect: (
    file: Blob,
    known: readonly KnownDesign[],
    tell: (progress: Progress) => void,
  ): Promise<Answer<FileReport>> =>
    answer(async () => {
      let last = -Infinity;
      const teller = (step: Progress['step']) => (bytes: number) => {
        const now = performance.now();
        if (now - last < TELL_EVERY_MS) return;
        last = now;
        tell({ step, bytes });
      };
      return reportOf(await readWhole(file, teller('reading')), known, teller('measuring'));
    }),
  rewrite: (file: Blob, options: RewriteOptions): Promise<Answer<Blob>> =>
    answer(async () => rewrite(await readWhole(file), options)),
};

export type InspectApi = typeof api;

expose(api);
