import { contentsOf, openSafetensors, type Contents, type Opened } from './contents.ts';
import { CheckpointError } from './errors.ts';
import { formatOfBytes, refusalOf } from './formats.ts';
import { looksLikeSafetensors } from './safetensors.ts';
import { looksLikePickle, readTorchLegacy } from './torch-legacy.ts';
import { readTorchZip } from './torch-zip.ts';
import { plainPickleError, withoutWeights } from './without-weights.ts';
import { looksLikeZip } from './zip.ts';

export type { Container, Contents } from './contents.ts';

/**
 * Opens a checkpoint of any supported container, told from its first bytes and never from its name.
 * Nothing is copied or decoded. Throws a CheckpointError.
 */
export function readContents(bytes: Uint8Array): Contents {
  const opened = readContainer(bytes);
  const contents = contentsOf(opened, bytes.length);
  if (contents) return contents;
  const { saved, globals } = opened;
  throw withoutWeights({ saved, globals, isTorch: true });
}

/** Whether a file that begins with these bytes has a container that is read here. */
export function looksLikeCheckpoint(head: Uint8Array): boolean {
  return looksLikeZip(head) || looksLikePickle(head) || looksLikeSafetensors(head);
}

function readContainer(bytes: Uint8Array): Opened {
  if (looksLikeZip(bytes))
    return { container: 'pytorch-zip', ...readTorchZip(bytes), metadata: {} };
  if (looksLikePickle(bytes)) {
    const opened = readTorchLegacy(bytes);
    if (!opened.isTorch) throw plainPickleError(opened);
    return { container: 'pytorch-legacy', ...opened, metadata: {} };
  }
  if (looksLikeSafetensors(bytes)) return openSafetensors(bytes);
  if (bytes.length === 0) throw new CheckpointError('unrecognised', 'The file is empty.');
  const format = formatOfBytes(bytes);
  if (format) throw refusalOf(format);
  throw new CheckpointError(
    'unrecognised',
    'The file is neither a PyTorch checkpoint nor safetensors, and of no format that is known here.',
  );
}
