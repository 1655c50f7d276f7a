/** The bytes of files that come over from the page. */
import { EngineError } from './errors.ts';

/** Twice RegNetX-32GF with optimizer and average; more is no RegNetX, and ends the tab. */
const MAX_BYTES = 2_000_000_000;
/** What is read at a time: the most that stands in memory beside the file itself. */
const SLICE_BYTES = 8 * 1024 * 1024;

/**
 * Reads a file slice by slice into one buffer of its size. Throws an EngineError (`checkpoint`) when
 * it is too large for a page or cannot be read.
 */
export async function readWhole(
  file: Blob,
  onRead: (bytes: number) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = allocate(file.size);
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    const slice = file.slice(at, at + SLICE_BYTES);
    bytes.set(new Uint8Array(await slice.arrayBuffer().catch(unreadable)), at);
    onRead(Math.min(at + SLICE_BYTES, bytes.length));
  }
  return bytes;
}

function allocate(size: number): Uint8Array<ArrayBuffer> {
  const gigabytes = (size / 1e9).toFixed(1);
  if (size > MAX_BYTES)
    throw new EngineError(
      'checkpoint',
      `This file has ${gigabytes} GB, too much for a page and for a RegNetX. Choose a file with the weights alone.`,
    );
  try {
    return new Uint8Array(size);
  } catch (cause) {
    throw new EngineError(
      'checkpoint',
      `This file has ${gigabytes} GB, more than this device has memory for. Close other tabs, or use the command line.`,
      { cause },
    );
  }
}

function unreadable(cause: unknown): never {
  throw new EngineError(
    'checkpoint',
    'This file could not be read; it may have been moved or changed. Choose it again.',
    { cause },
  );
}
