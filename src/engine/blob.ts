import { EngineError } from './errors.ts';

/** Twice the largest variant's float32 weights: room for a training state; more ends the tab. */
const MAX_CHECKPOINT_BYTES = 1_000_000_000;

/** Reads a checkpoint's file. Throws an EngineError (`checkpoint`) when it is too large or gone. */
export async function readCheckpointFile(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > MAX_CHECKPOINT_BYTES)
    throw new EngineError(
      'checkpoint',
      `This file has ${(file.size / 1e9).toFixed(1)} GB, too much for a page and for a RegNetX. ` +
        'Choose a file with the weights alone.',
    );
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new EngineError(
      'checkpoint',
      'This file could not be read; it may have been moved or changed. Choose it again.',
      { cause },
    );
  }
}
