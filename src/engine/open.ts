/** A classifier from weights wherever they are, on this very thread. */
import { readWhole } from '../threads/blob.ts';
import { hasHash } from '../threads/hash.ts';
import {
  createClassifier,
  type ClassifierOptions,
  type LocalClassifier,
  type Meaning,
} from './classifier.ts';
import { EngineError } from '../threads/errors.ts';

/** A file that was kept on this device, and the SHA-256 that it must still have. */
export interface KeptFile {
  readonly blob: Blob;
  /** In lower-case hexadecimal; null where it was checked a moment ago. */
  readonly sha256: string | null;
}

export type Weights = Uint8Array<ArrayBuffer> | Blob | KeptFile;

/**
 * Reads weights and opens the classifier while the browser hashes what was kept. Throws an EngineError:
 * `altered` when that is not what it was, else as `createClassifier`.
 */
export async function openFrom(
  weights: Weights,
  options: ClassifierOptions,
  meaning: Meaning | undefined,
): Promise<LocalClassifier> {
  if (weights instanceof Uint8Array) return createClassifier(weights, options, meaning);
  if (weights instanceof Blob) return createClassifier(await readWhole(weights), options, meaning);
  const { blob, sha256 } = weights;
  if (sha256 === null) return createClassifier(await readWhole(blob), options, meaning);
  const bytes = await readWhole(blob).catch(altered);
  const right = hasHash(bytes, sha256);
  const [opened] = await Promise.allSettled([createClassifier(bytes, options, meaning)]);
  if (!(await right)) {
    if (opened.status === 'fulfilled') opened.value.dispose();
    return altered();
  }
  if (opened.status === 'rejected') throw opened.reason;
  return opened.value;
}

function altered(cause?: unknown): never {
  throw new EngineError(
    'altered',
    'What is kept of these weights on this device was cut or altered. Delete it below and try again.',
    { cause },
  );
}
