import { CheckpointError } from './errors.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts';
import { stateDictOf, type StateDict } from './state-dict.ts';
import { bytesOf, checkTensor } from './tensor.ts';
import { looksLikePickle, readTorchLegacy } from './torch-legacy.ts';
import { readTorchZip } from './torch-zip.ts';
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
  const contents = readContainer(bytes);
  let together = 0;
  for (const [name, tensor] of contents.tensors) {
    checkTensor(name, tensor);
    together += bytesOf(tensor);
  }
  if (contents.tensors.size === 0)
    throw new CheckpointError('no-weights', 'The file holds no tensors under any known key.');
  // Weights may share a storage, but do not overlap; else a small file could grow without end.
  if (together > bytes.length)
    throw new CheckpointError(
      'limit',
      `The tensors claim ${together} bytes together, more than the file's ${bytes.length}.`,
    );
  return contents;
}

/** Whether a file that begins with these bytes has a container that is read here. */
export function looksLikeCheckpoint(head: Uint8Array): boolean {
  return looksLikeZip(head) || looksLikePickle(head) || looksLikeSafetensors(head);
}

function readContainer(bytes: Uint8Array): Contents {
  if (looksLikeZip(bytes))
    return { container: 'pytorch-zip', ...stateDictOf(readTorchZip(bytes)), metadata: {} };
  if (looksLikePickle(bytes))
    return { container: 'pytorch-legacy', ...stateDictOf(readTorchLegacy(bytes)), metadata: {} };
  if (looksLikeSafetensors(bytes)) {
    const { tensors, metadata } = readSafetensors(bytes);
    return { container: 'safetensors', ...stateDictOf(tensors), metadata };
  }
  throw unrecognised(bytes);
}

function unrecognised(bytes: Uint8Array): CheckpointError {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  const what =
    bytes.length === 0
      ? 'is empty'
      : start.startsWith('<')
        ? 'is a web page, so the download went wrong'
        : start.startsWith('version https://git-lfs')
          ? 'is a Git LFS pointer, not the file it points to (run git lfs pull)'
          : 'is neither a PyTorch checkpoint nor safetensors';
  return new CheckpointError('unrecognised', `The file ${what}.`);
}
