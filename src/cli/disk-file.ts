import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { PartialFile } from '../weights/partial.ts';

const READ_BYTES = 4 * 1024 * 1024;

/** A partial file on the disk, created where it is missing. Throws what Node throws. */
export function openPartialFile(file: string): PartialFile & { close(): void } {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a+');
  let { size } = statSync(file);
  return {
    lasting: true,
    get length() {
      return size;
    },
    append: (piece) => {
      for (let done = 0; done < piece.length;) {
        const written = writeSync(descriptor, piece, done);
        done += written;
        size += written;
      }
    },
    pieces: async function* () {
      for (let at = 0; at < size; at += READ_BYTES) {
        const piece = new Uint8Array(Math.min(READ_BYTES, size - at));
        readSync(descriptor, piece, 0, piece.length, at);
        yield await Promise.resolve(piece);
      }
    },
    clear: () => {
      ftruncateSync(descriptor, 0);
      size = 0;
    },
    close: () => {
      closeSync(descriptor);
    },
  };
}
