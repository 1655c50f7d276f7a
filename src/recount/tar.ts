/**
 * Tar by its headers alone: the POSIX `ustar` format and pax extended headers (IEEE Std 1003.1, pax),
 * and GNU tar's long names and large sizes. Pictures are slices of the file, so that they can be read
 * in any order, which no stream would allow.
 */
import { RecountError, reasonOf } from './errors.ts';
import type { Picture } from './types.ts';

const BLOCK = 512;
/** Read at once where files are small: they stand close together, and their headers come with it. */
const WINDOW = 64 * 1024;
/** Names are some hundred bytes; what claims to be longer is damaged. */
const MAX_EXTENSION = 1024 * 1024;

const TEXT = new TextDecoder();

/** Whether a block is a header: its own checksum is right. */
export function looksLikeTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && isHeader(head.subarray(0, BLOCK));
}

/**
 * The files of a tar, and those of tars in it, in a folder called like it. Throws a RecountError
 * where it is damaged or cut off, after what stands before.
 */
export async function* readTar(blob: Blob, name: string, folder = ''): AsyncGenerator<Picture> {
  const window = windowOn(blob, name);
  let next: Extension = {};
  let ahead = WINDOW;
  for (let at = 0; at < blob.size;) {
    const header = await window(at, BLOCK, ahead);
    if (header.every((byte) => byte === 0)) return;
    if (header.length < BLOCK) throw cutOff(name);
    if (!isHeader(header))
      throw new RecountError(
        `The archive ${name} is damaged at byte ${at.toLocaleString('en')}: copy or download it again.`,
      );
    const type = String.fromCharCode(header[156] ?? 0);
    const size = next.size ?? numberAt(header, 124, 12);
    const data = at + BLOCK;
    at = data + Math.ceil(size / BLOCK) * BLOCK;
    // Behind a photograph the next header is as far away as that is large.
    ahead = size < WINDOW ? WINDOW : BLOCK;
    if (type === 'L' || type === 'x') {
      if (size > MAX_EXTENSION) throw damagedName(name);
      const text = await window(data, size, ahead);
      if (text.length < size) throw cutOff(name);
      next = { ...next, ...(type === 'L' ? { path: textOf(text) } : extensionOf(text)) };
      continue;
    }
    // Of what is no file, an extension belongs to it as well.
    const path = folder + (next.path ?? nameOf(header)).replace(/^(\.?\/)+/, '');
    next = {};
    if (!FILE_TYPES.has(type) || path.endsWith('/')) continue;
    if (data + size > blob.size) throw cutOff(name);
    // Made when it is read: in a browser fifty thousand slices are no small thing to keep.
    const content = (): Blob => blob.slice(data, data + size);
    if (/\.tar$/i.test(path)) yield* readTar(content(), path, path.replace(/\.tar$/i, '/'));
    else yield { path, size, read: () => Promise.resolve(content()) };
  }
}

/** A file, of the old format, of ustar, and one that its system keeps in one piece. */
const FILE_TYPES = new Set(['\0', '0', '7']);

/** What stands before a header and replaces parts of it. */
interface Extension {
  readonly path?: string;
  readonly size?: number;
}

/** Reads `length` bytes at a place, and up to `ahead` in all, since headers of small files follow close. */
function windowOn(blob: Blob, name: string) {
  let [start, bytes] = [0, new Uint8Array(0)];
  return async (at: number, length: number, ahead: number): Promise<Uint8Array> => {
    if (at < start || at + length > start + bytes.length) {
      try {
        const end = at + Math.max(ahead, length);
        [start, bytes] = [at, new Uint8Array(await blob.slice(at, end).arrayBuffer())];
      } catch (cause) {
        throw new RecountError(`${name} cannot be read any more (${reasonOf(cause)}).`, { cause });
      }
    }
    return bytes.subarray(at - start, at - start + length);
  };
}

/** The sum of all bytes, of the checksum's own as if they were spaces, stands in the header. */
function isHeader(block: Uint8Array): boolean {
  const sum = block.reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === numberAt(block, 148, 8);
}

/** Octal digits, or after a set first bit a binary number, as GNU tar writes large ones. */
function numberAt(block: Uint8Array, at: number, length: number): number {
  const field = block.subarray(at, at + length);
  const [first = 0, ...rest] = field;
  if ((first & 0x80) !== 0) return rest.reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
  const digits = textOf(field).trim();
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
}

/** `ustar` has room for a folder of its own. */
function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const isUstar = TEXT.decode(header.subarray(257, 263)) === 'ustar\0';
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Up to the first zero. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return TEXT.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** `LENGTH KEY=VALUE\n`, one after another; lengths count bytes. */
function extensionOf(bytes: Uint8Array): Extension {
  let extension: Extension = {};
  for (let at = 0; at < bytes.length;) {
    const [, length = '0'] = /^(\d{1,7}) /.exec(TEXT.decode(bytes.subarray(at, at + 8))) ?? [];
    const end = at + Number(length);
    if (end <= at || end > bytes.length) break;
    const record = TEXT.decode(bytes.subarray(at + length.length + 1, end - 1));
    const [key, value] = [
      record.slice(0, record.indexOf('=')),
      record.slice(record.indexOf('=') + 1),
    ];
    if (key === 'path') extension = { ...extension, path: value };
    if (key === 'size' && /^\d+$/.test(value)) extension = { ...extension, size: Number(value) };
    at = end;
  }
  return extension;
}

function cutOff(name: string): RecountError {
  return new RecountError(
    `The archive ${name} ends in the middle of a file: copy or download it again.`,
  );
}

function damagedName(name: string): RecountError {
  return new RecountError(`The archive ${name} is damaged: it has a name of more than a megabyte.`);
}
