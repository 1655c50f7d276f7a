/** Files that appear whole or not at all: written under another name, then put in their place. */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from './arguments.ts';
import { reasonOf, resolvePath } from './read-file.ts';

/** A file to be written, in one piece or many; a piece is used before the next is asked for. */
export interface Output {
  readonly file: string;
  readonly pieces: Iterable<Uint8Array>;
}

/**
 * Writes files, each through a temporary file beside it: all of them are complete before the first
 * takes its place. A link is followed; a folder, a device or a pipe is never replaced. No temporary
 * file stays, whatever happens short of the process being killed outright. Throws a UsageError.
 */
export async function writeWhole(...outputs: readonly Output[]): Promise<void> {
  const written: Temporary[] = [];
  try {
    for (const output of outputs) written.push(await writeTemporary(output));
    for (const temporary of written) temporary.commit();
  } finally {
    for (const temporary of written) temporary.discard();
  }
}

interface Temporary {
  /** Puts the file in its place. */
  commit(): void;
  /** Removes what has not been put in its place. */
  discard(): void;
}

async function writeTemporary({ file, pieces }: Output): Promise<Temporary> {
  const failed = (error: unknown): UsageError =>
    new UsageError(`${file} cannot be written: ${reasonOf(error)}.`);
  const begun = attempt(() => begin(targetOf(file)), failed);
  const { temporary, descriptor, target } = begun;
  const discard = () => {
    rmSync(temporary, { force: true });
    process.off('exit', discard);
  };
  process.on('exit', discard);
  try {
    for (const piece of pieces) {
      attempt(() => {
        writeAll(descriptor, piece);
      }, failed);
      // Whoever wants to stop the command is heard now.
      await setImmediate();
    }
    attempt(() => {
      fsyncSync(descriptor);
    }, failed);
  } catch (error) {
    discard();
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return {
    commit: () => {
      attempt(() => {
        renameSync(temporary, target.file);
      }, failed);
    },
    discard,
  };
}

/** Opens the temporary file. At once, or a process that is stopped meanwhile could not remove it. */
function begin(target: Target) {
  const folder = path.dirname(target.file);
  mkdirSync(folder, { recursive: true });
  const name = `.regnetx-${process.pid}-${randomBytes(6).toString('hex')}.part`;
  const temporary = path.join(folder, name);
  const descriptor = openSync(temporary, 'wx', target.mode);
  if (target.mode !== undefined) fchmodSync(descriptor, target.mode);
  return { temporary, descriptor, target };
}

function attempt<T>(work: () => T, failed: (error: unknown) => UsageError): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UsageError ? error : failed(error);
  }
}

function writeAll(descriptor: number, piece: Uint8Array): void {
  for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done);
}

interface Target {
  /** Where links lead; need not be there. */
  readonly file: string;
  /** The permissions of the file that is replaced. */
  readonly mode: number | undefined;
}

/** The file that a path means. Throws a UsageError for what must not be replaced. */
function targetOf(file: string): Target {
  if (/[\\/]$/.test(file)) throw notWritten(file, 'that is the name of a folder');
  const at = resolvePath(file);
  const stats = statSync(at, { throwIfNoEntry: false });
  if (!stats) return { file: endOfLinks(at), mode: undefined };
  if (stats.isDirectory()) throw notWritten(file, 'it is a folder');
  if (!stats.isFile()) throw notWritten(file, 'it is a device or a pipe');
  // Renaming needs leave of the folder alone; a file that is protected stays.
  accessSync(at, constants.W_OK);
  return { file: realpathSync(at), mode: stats.mode & 0o777 };
}

/** Where links lead that end at no file. The system has followed them once: they are no circle. */
function endOfLinks(file: string): string {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink) return file;
  return endOfLinks(path.resolve(realpathSync(path.dirname(file)), readlinkSync(file)));
}

function notWritten(file: string, reason: string): UsageError {
  return new UsageError(`${file} cannot be written: ${reason}; name a file.`);
}
