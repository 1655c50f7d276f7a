import {
  BlobReader,
  BlobWriter,
  configure,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { RecountError, reasonOf } from './errors.ts';
import type { Picture } from './types.ts';

// Decompression is the system's own (DecompressionStream): no threads that a policy would forbid.
configure({ useWebWorkers: false, useCompressionStream: true });

/** The files of a zip archive, by its directory. Throws a RecountError where that is damaged. */
export async function* readZipArchive(blob: Blob, name: string): AsyncGenerator<Picture> {
  const reader = new ZipReader(new BlobReader(blob), { checkSignature: true });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      yield {
        path: entry.filename,
        size: entry.uncompressedSize,
        read: async () => {
          if (entry.encrypted)
            throw new RecountError(`${entry.filename} is encrypted: unpack ${name} first.`);
          try {
            return await entry.getData(new BlobWriter());
          } catch (cause) {
            throw new RecountError(
              `${entry.filename} in ${name} is damaged (${reasonOf(cause)}).`,
              {
                cause,
              },
            );
          }
        },
      };
    }
  } catch (cause) {
    throw new RecountError(
      `The archive ${name} is damaged (${reasonOf(cause)}): copy or download it again.`,
      { cause },
    );
  } finally {
    await reader.close();
  }
}
