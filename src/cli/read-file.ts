import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './arguments.ts';

/** RegNetX-32GF with Adam's two moments and an average, in float32, is 1.7 GB. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;
/** Read at once; between two of them the process hears a Ctrl-C. */
const PIECE_BYTES = 16 * 1024 ** 2;

/** A path as the person meant it: npm runs scripts in the package's folder, not in theirs. */
export function resolvePath(file: string): string {
  const isNpmRun = process.env.npm_lifecycle_event === 'regnetx';
  return path.resolve((isNpmRun ? process.env.INIT_CWD : undefined) ?? '.', file);
}

/**
 * A file's bytes: as many as it has when it is opened, and of a regular file alone, since a device or
 * a pipe may never end. Throws a UsageError when it cannot be read.
 */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readIfThere(file);
  if (bytes) return bytes;
  throw unreadable(file, 'there is no such file');
}

/** As `readBytes`; undefined where there is no such file. */
export async function readIfThere(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = await open(resolvePath(file), constants.O_RDONLY | constants.O_NONBLOCK);
    return await readRegular(file, handle, await handle.stat());
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(file, reasonOf(error));
  } finally {
    await handle?.close();
  }
}

async function readRegular(
  file: string,
  handle: FileHandle,
  stats: Stats,
): Promise<Uint8Array<ArrayBuffer>> {
  if (stats.isDirectory()) throw unreadable(file, 'it is a folder');
  if (!stats.isFile())
    throw unreadable(file, 'it is a device or a pipe; save what it gives to a file first');
  if (stats.size > MAX_FILE_BYTES)
    throw unreadable(
      file,
      `it has ${(stats.size / 1e9).toFixed(1)} GB, more than any RegNetX checkpoint`,
    );
  const bytes = new Uint8Array(stats.size);
  let at = 0;
  while (at < bytes.length) {
    const length = Math.min(PIECE_BYTES, bytes.length - at);
    const { bytesRead } = await handle.read(bytes, at, length, at);
    if (bytesRead === 0) throw unreadable(file, 'it became shorter while it was read');
    at += bytesRead;
  }
  return bytes;
}

function unreadable(file: string, reason: string): UsageError {
  return new UsageError(`${file} cannot be read: ${reason}.`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'it is a device or a pipe; save what it gives to a file first',
  ENODEV: 'it is a device or a pipe; save what it gives to a file first',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of disk space is used up',
  EFBIG: 'it is larger than files may be here',
  EROFS: 'the disk can only be read',
  EIO: 'the disk has an error',
  EBUSY: 'it is in use',
  EMFILE: 'too many files are open',
};

/** Why the system did not do what was asked of a file, without a full stop. */
export function reasonOf(error: unknown): string {
  const known = REASONS[codeOf(error) ?? ''];
  return known ?? (error instanceof Error ? error.message : String(error));
}

/** The system's code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
