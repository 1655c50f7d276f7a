/** What the page imports when somebody opens a checkpoint: jobs in a worker. */
import { proxy, wrap, type Remote } from 'comlink';
import type { KnownDesign } from '../../checkpoints/index.ts';
import { EngineError } from '../errors.ts';
import type { RewriteOptions } from './file.ts';
import type { FileReport } from './report.ts';
import type { Answer, InspectApi, Progress } from './worker.ts';

export interface InspectOptions {
  /** Designs to recognise the variant by. */
  readonly known: readonly KnownDesign[];
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads and measures a file. Rejects with an EngineError whose message is a sentence for the visitor,
 * or with the signal's reason; nothing is left behind, the next call starts anew.
 */
export function inspectFile(
  file: Blob,
  { known, onProgress, signal }: InspectOptions,
): Promise<FileReport> {
  return inWorker(signal, (api) => api.inspect(file, known, proxy(onProgress)));
}

/** The file as timm-named safetensors, as `regnetx convert` writes it. Rejects as `inspectFile`. */
export function rewriteFile(
  file: Blob,
  { signal, ...options }: RewriteOptions & { readonly signal: AbortSignal },
): Promise<Blob> {
  return inWorker(signal, (api) => api.rewrite(file, options));
}

/** One worker a job: ending it gives its memory back at once, and stops what is not wanted. */
async function inWorker<T>(
  signal: AbortSignal,
  job: (api: Remote<InspectApi>) => Promise<Answer<T>>,
): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => {
      reject(
        new EngineError(
          'internal',
          'The reader’s code did not load or ran out of memory. Reload the page and try again.',
        ),
      );
    });
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
  try {
    const answer = await Promise.race([job(wrap<InspectApi>(worker)), failure]);
    if ('value' in answer) return answer.value;
    throw new EngineError('checkpoint', answer.problem);
  } finally {
    worker.terminate();
  }
}
