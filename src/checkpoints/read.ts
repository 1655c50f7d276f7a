import { nameTensors, type Checkpoint, type ReadOptions } from './checkpoint.ts';
import { readContents } from './container.ts';

/**
 * Reads a checkpoint of any supported container and naming from its bytes. Nothing is decoded or
 * copied; `bytes` must stay as they are while the tensors are in use. Throws a CheckpointError whose
 * code and one-sentence message say what is wrong.
 */
export function readCheckpoint(bytes: Uint8Array, options: ReadOptions = {}): Checkpoint {
  return nameTensors(readContents(bytes), options);
}
