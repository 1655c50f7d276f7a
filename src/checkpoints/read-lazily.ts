import { nameTensors, type Checkpoint, type ReadOptions } from './checkpoint.ts';
import { contentsOf, openSafetensors } from './contents.ts';
import { looksLikeSafetensors } from './safetensors.ts';

/**
 * `readCheckpoint` for a page: the code that reads PyTorch's files, and that tells what a file without
 * weights is, loads only where a file is no safetensors. Rejects with a CheckpointError.
 */
export async function readCheckpointLazily(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<Checkpoint> {
  const contents = looksLikeSafetensors(bytes)
    ? contentsOf(openSafetensors(bytes), bytes.length)
    : null;
  return nameTensors(contents ?? (await import('./container.ts')).readContents(bytes), options);
}
