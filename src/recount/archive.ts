/** Archives as sources: their files are found without reading them, and read one at a time. */
import { readTar, looksLikeTar } from './tar.ts';
import { RecountError } from './errors.ts';
import type { Source } from './types.ts';
import { looksLikeZip } from '../checkpoints/zip.ts';

export const ARCHIVE_NAME = /\.(tar|zip)$/i;

/** Bytes that tell what an archive is: tar's sign stands in its first block. */
const HEAD_BYTES = 512;

/**
 * The source that an archive is: tar (ustar, pax and GNU names, with tars inside, as
 * `ILSVRC2012_img_train.tar` has) or zip (stored and deflated). Rejects with a RecountError for
 * anything else.
 */
export async function openArchive(blob: Blob, name: string): Promise<Source> {
  const head = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  if (looksLikeZip(head)) {
    const { readZipArchive } = await import('./zip.ts');
    return { name, list: () => readZipArchive(blob, name) };
  }
  if (looksLikeTar(head)) return { name, list: () => readTar(blob, name) };
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  throw new RecountError(
    packed
      ? `${name} is packed as a whole (gzip), so no picture in it can be found without reading all before: unpack it to a .tar first.`
      : `${name} is no archive that can be read here: give a .tar or .zip file, or the unpacked folder.`,
  );
}
