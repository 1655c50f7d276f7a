/** What the page imports when somebody opens a checkpoint: jobs in a worker. */
import type { CheckpointDiff, KnownDesign } from '../../../checkpoints/index.ts';
import { joinShards, shardNameOf } from '../../../checkpoints/shards.ts';
import type { Asked } from '../../../threads/answer.ts';
import type { HubEntry } from '../../../weights/hub/listing.ts';
import type { Taken } from '../../../weights/hub/take.ts';
import { startWorker } from '../../../threads/remote.ts';
import type { OnnxOptions, RewriteOptions } from './file.ts';
import type { FileReport } from '../../../checkpoints/report.ts';
import type { Arrived, InspectApi, Progress, UnreadSide } from './service.ts';

export interface InspectOptions {
  /** Designs to recognise the variant by. */
  readonly known: readonly KnownDesign[];
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/**
 * One file from those that were chosen: itself, or all shards of a checkpoint as one. Rejects with a
 * CheckpointError where they do not belong together.
 */
export async function joinFiles(files: readonly File[]): Promise<File> {
  const [only] = files;
  if (only && files.length === 1 && !shardNameOf(only.name)) return only;
  const { name, blob } = await joinShards(files.map((file) => ({ name: file.name, blob: file })));
  return new File([blob], name);
}

/**
 * Reads and measures a file. Rejects with an EngineError whose message is a sentence for the visitor,
 * or with the signal's reason; nothing is left behind, the next call starts anew.
 */
export function inspectFile(
  file: Blob,
  { known, onProgress, signal }: InspectOptions,
): Promise<FileReport> {
  return inWorker(signal, (api) => api.inspect(file, known, onProgress));
}

/** The file as timm-named safetensors, as `regnetx convert` writes it. Rejects as `inspectFile`. */
export function rewriteFile(
  file: Blob,
  { signal, ...options }: RewriteOptions & { readonly signal: AbortSignal },
): Promise<Blob> {
  return inWorker(signal, (api) => api.rewrite(file, options));
}

/** The file as ONNX, as `regnetx convert --to onnx` writes it. Rejects as `inspectFile`. */
export function rewriteFileAsOnnx(
  file: Blob,
  { signal, ...options }: OnnxOptions & { readonly signal: AbortSignal },
): Promise<Blob> {
  return inWorker(signal, (api) => api.rewriteAsOnnx(file, options));
}

/** Two files layer by layer, as `regnetx diff` compares them. Rejects as `inspectFile`. */
export function compareFiles(
  a: UnreadSide,
  b: UnreadSide,
  signal: AbortSignal,
): Promise<CheckpointDiff> {
  return inWorker(signal, (api) => api.compare(a, b));
}

/** The files that an address on the hub, as the visitor wrote it, can mean. Rejects as `inspectFile`. */
export function findOnHub(hub: string, address: string, signal: AbortSignal): Promise<HubEntry[]> {
  return inWorker(signal, (api) => api.find(hub, address));
}

export interface TakeOptions {
  readonly known: readonly KnownDesign[];
  /** Whether the visitor agreed to download all of the file. */
  readonly whole: boolean;
  readonly onProgress: (arrived: Arrived) => void;
  readonly signal: AbortSignal;
}

/** A file of the hub, or a question to the visitor. Rejects as `inspectFile`. */
export function takeFromHub(
  file: HubEntry,
  { known, whole, onProgress, signal }: TakeOptions,
): Promise<Taken> {
  return inWorker(signal, (api) => api.take(file, known, whole, onProgress));
}

/** One worker a job: ending it gives its memory back at once, and stops what is not wanted. */
async function inWorker<T>(
  signal: AbortSignal,
  job: (api: Asked<InspectApi>) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { api, stop } = startWorker<InspectApi>(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  signal.addEventListener('abort', stop);
  try {
    return await job(api);
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }
}
