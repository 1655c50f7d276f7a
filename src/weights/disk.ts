/** A partial file in the origin's private file system. Workers only: nothing else may write there. */
import { EngineError } from '../threads/errors.ts';
import type { PartialFile } from './partial.ts';
import { listKept, markChecked, nameOf, openFolder, remove } from './store.ts';

export interface DiskFile extends PartialFile {
  /** Closes it; what is there stays for the next time. */
  close(): void;
  /** Closes it as whole and checked, and gives it to read. */
  complete(): Promise<File>;
  discard(): Promise<void>;
}

/** What TypeScript declares for workers only, not together with the page's DOM. */
interface SyncAccessHandle {
  getSize(): number;
  read(buffer: Uint8Array, options: { readonly at: number }): number;
  write(buffer: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
};

const READ_BYTES = 4 * 1024 * 1024;
/** After a reload the browser frees the file of the page before only after a moment. */
const LOCK_TRIES = 10;
const LOCK_PAUSE_MS = 200;

/**
 * Opens what is there of a checkpoint's file, or creates it; beginnings of its other versions are
 * deleted. Null where this browser keeps no files. Throws an EngineError when another tab is at it.
 */
export async function openDiskFile(id: string, sha256: string): Promise<DiskFile | null> {
  const folder = await openFolder(true);
  if (!folder) return null;
  const others = (await listKept()).filter((kept) => kept.id === id && kept.sha256 !== sha256);
  for (const other of others) await remove(folder, nameOf(id, other.sha256)).catch(() => undefined);
  const name = nameOf(id, sha256);
  try {
    const handle = await folder.getFileHandle(name, { create: true });
    return diskFile(folder, handle, await lock(handle));
  } catch (error) {
    if (isLocked(error))
      throw new EngineError(
        'download',
        'Another tab is downloading these weights. Wait until it is done, then try again.',
      );
    return null;
  }
}

/** Whether an error says that the disk, or what the browser allows this site of it, is full. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function isLocked(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NoModificationAllowedError';
}

async function lock(handle: FileSystemFileHandle): Promise<SyncAccessHandle> {
  for (let tries = 1; ; tries++) {
    try {
      return await (handle as WorkerFileHandle).createSyncAccessHandle();
    } catch (error) {
      if (!isLocked(error) || tries === LOCK_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
    }
  }
}

function diskFile(
  folder: FileSystemDirectoryHandle,
  handle: FileSystemFileHandle,
  access: SyncAccessHandle,
): DiskFile {
  let length = access.getSize();
  const close = () => {
    access.flush();
    access.close();
  };
  return {
    lasting: true,
    get length() {
      return length;
    },
    append: (piece) => {
      for (let done = 0; done < piece.length;) {
        const rest = piece.subarray(done);
        const written = access.write(rest, { at: length });
        // On a full disk Chromium gives an error number instead of throwing.
        if (written === 0 || written > rest.length)
          throw new DOMException('The disk is full.', 'QuotaExceededError');
        done += written;
        length += written;
      }
    },
    pieces: async function* () {
      for (let at = 0; at < length; at += READ_BYTES) {
        const piece = new Uint8Array(Math.min(READ_BYTES, length - at));
        access.read(piece, { at });
        yield piece;
        // Lets a message in that says to stop.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    clear: () => {
      access.truncate(0);
      length = 0;
    },
    close,
    complete: async () => {
      close();
      await markChecked(folder, handle.name);
      return handle.getFile();
    },
    discard: async () => {
      access.close();
      await remove(folder, handle.name);
    },
  };
}
