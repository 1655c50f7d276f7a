import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';

/**
 * The part of zip that PyTorch writes: stored entries and ZIP64, found through the central directory
 * (PKWARE APPNOTE 6.3, sections 4.3 and 4.5). Checksums are not compared: PyTorch's own reader does
 * not, and its writer may leave them out (`torch.serialization.set_crc32_options`).
 */

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_END_OF_DIRECTORY = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_EXTRA = 0x0001;

const END_BYTES = 22;
const LOCATOR_BYTES = 20;
/** The archive's comment follows the end record; its length is a 16-bit number. */
const MAX_COMMENT_BYTES = 0xffff;
/** The value that sends the reader to the ZIP64 field. */
const SEE_ZIP64 = 0xffffffff;
/** RegNetX-32GF with optimizer and average has 1,400 storages. */
const MAX_ENTRIES = 65_536;

const NAMES = new TextDecoder();

/** An entry of the archive; `open` gives its bytes as a view. */
export interface ZipEntry {
  readonly name: string;
  /** Where its local header begins. */
  readonly offset: number;
  readonly open: () => Uint8Array;
}

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Lists the archive's entries by name. Throws a CheckpointError. */
export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const { count, offset } = findDirectory(bytes);
  if (count > MAX_ENTRIES)
    throw new CheckpointError(
      'limit',
      `The archive claims ${count} entries; more than ${MAX_ENTRIES} cannot be right.`,
    );
  const cursor = new Cursor(bytes, offset);
  const entries = new Map<string, ZipEntry>();
  for (let i = 0; i < count; i++) {
    const entry = readEntry(cursor);
    if (entries.has(entry.name))
      throw new CheckpointError(
        'malformed',
        `The archive holds ${entry.name} twice, so it cannot be told which is meant.`,
      );
    entries.set(entry.name, entry);
  }
  return entries;
}

function findDirectory(bytes: Uint8Array): { count: number; offset: number } {
  const last = bytes.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
    if (bytes[at] !== 0x50 || new Cursor(bytes, at).u32() !== END_OF_DIRECTORY) continue;
    const end = new Cursor(bytes, at + 10);
    const count = end.u16();
    end.u32();
    const offset = end.u32();
    const locator = at - LOCATOR_BYTES;
    const isZip64 = locator >= 0 && new Cursor(bytes, locator).u32() === ZIP64_LOCATOR;
    return isZip64 ? findZip64Directory(bytes, locator) : { count, offset: within(bytes, offset) };
  }
  throw new CheckpointError(
    'truncated',
    'The archive has no directory at its end; download or copy the file again.',
  );
}

function findZip64Directory(bytes: Uint8Array, locator: number): { count: number; offset: number } {
  const end = new Cursor(bytes, within(bytes, new Cursor(bytes, locator + 8).u64()));
  if (end.u32() !== ZIP64_END_OF_DIRECTORY)
    throw new CheckpointError('malformed', "The archive's directory is not where it should be.");
  end.take(28);
  const count = end.u64();
  end.u64();
  return { count, offset: within(bytes, end.u64()) };
}

function within(bytes: Uint8Array, offset: number): number {
  if (offset <= bytes.length) return offset;
  throw new CheckpointError(
    'truncated',
    `The archive points to byte ${offset}, beyond its end; download or copy the file again.`,
  );
}

function readEntry(cursor: Cursor): ZipEntry {
  if (cursor.u32() !== CENTRAL_HEADER)
    throw new CheckpointError('malformed', "The archive's directory is damaged.");
  cursor.skip(4); // versions
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.skip(8); // time, date, checksum
  let packed = cursor.u32();
  let size = cursor.u32();
  const nameLength = cursor.u16();
  const extraLength = cursor.u16();
  const commentLength = cursor.u16();
  cursor.skip(8); // disk, attributes
  let offset = cursor.u32();
  const name = NAMES.decode(cursor.take(nameLength));
  const zip64 = zip64Field(cursor.take(extraLength));
  cursor.skip(commentLength);
  if (zip64) {
    // The field holds only the numbers that did not fit, in this order.
    if (size === SEE_ZIP64) size = zip64.u64();
    if (packed === SEE_ZIP64) packed = zip64.u64();
    if (offset === SEE_ZIP64) offset = zip64.u64();
  }
  const open = (): Uint8Array => {
    if ((flags & 1) !== 0 || method !== 0 || packed !== size)
      throw new CheckpointError(
        'unsupported',
        `The archive's entry ${name} is compressed or encrypted, which PyTorch never does; load the file with torch.load and save it again with torch.save.`,
      );
    return openStored(cursor.bytes, offset, size);
  };
  return { name, offset, open };
}

function zip64Field(extra: Uint8Array): Cursor | undefined {
  const cursor = new Cursor(extra);
  while (extra.length - cursor.position >= 4) {
    const id = cursor.u16();
    const field = cursor.take(cursor.u16());
    if (id === ZIP64_EXTRA) return new Cursor(field);
  }
  return undefined;
}

/** The data begin after the local header, whose extra field differs from the directory's. */
function openStored(bytes: Uint8Array, offset: number, size: number): Uint8Array {
  const local = new Cursor(bytes, within(bytes, offset));
  if (local.u32() !== LOCAL_HEADER)
    throw new CheckpointError('malformed', `The archive has no entry at byte ${offset}.`);
  local.take(22);
  const nameLength = local.u16();
  local.take(local.u16() + nameLength);
  return local.take(size);
}
