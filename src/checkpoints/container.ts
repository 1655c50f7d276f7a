import { CheckpointError } from './errors.ts';
import { formatOfBytes, refusalOf } from './formats.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts';
import { stateDictOf, type StateDict } from './state-dict.ts';
import { checkTensors } from './tensor.ts';
import { looksLikePickle, readTorchLegacy } from './torch-legacy.ts';
import { readTorchZip } from './torch-zip.ts';
import { plainPickleError, withoutWeights } from './without-weights.ts';
import { looksLikeZip } from './zip.ts';

export type Container = 'pytorch-zip' | 'pytorch-legacy' | 'safetensors';

/** What is in a file, under the names that it has there. */
export interface Contents extends StateDict {
  readonly container: Container;
  /** The strings of safetensors' `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Opens a checkpoint of any supported container, told from its first bytes and never from its name.
 * Nothing is copied or decoded. Throws a CheckpointError.
 */
export function readContents(bytes: Uint8Array): Contents {
  const { container, saved, globals, metadata } = readContainer(bytes);
  const found = stateDictOf(saved);
  if (found.tensors.size === 0) throw withoutWeights({ saved, globals, isTorch: true });
  checkTensors(found.tensors, bytes.length);
  return { container, ...found, metadata };
}

/** Whether a file that begins with these bytes has a container that is read here. */
export function looksLikeCheckpoint(head: Uint8Array): boolean {
  return looksLikeZip(head) || looksLikePickle(head) || looksLikeSafetensors(head);
}

interface Opened {
  readonly container: Container;
  readonly saved: unknown;
  readonly globals: ReadonlySet<string>;
  readonly metadata: Readonly<Record<string, string>>;
}

function readContainer(bytes: Uint8Array): Opened {
  if (looksLikeZip(bytes))
    return { container: 'pytorch-zip', ...readTorchZip(bytes), metadata: {} };
  if (looksLikePickle(bytes)) {
    const opened = readTorchLegacy(bytes);
    if (!opened.isTorch) throw plainPickleError(opened);
    return { container: 'pytorch-legacy', ...opened, metadata: {} };
  }
  if (looksLikeSafetensors(bytes)) {
    const { tensors, metadata } = readSafetensors(bytes);
    return { container: 'safetensors', saved: tensors, globals: new Set(), metadata };
  }
  if (bytes.length === 0) throw new CheckpointError('unrecognised', 'The file is empty.');
  const format = formatOfBytes(bytes);
  if (format) throw refusalOf(format);
  throw new CheckpointError(
    'unrecognised',
    'The file is neither a PyTorch checkpoint nor safetensors, and of no format that is known here.',
  );
}
