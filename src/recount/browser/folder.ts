/** A folder that the page may read by its handle (File System Access). */
import { RecountError, reasonOf } from '../errors.ts';
import type { Picture } from '../types.ts';

/** So many files are asked for their sizes at a time. */
const AT_A_TIME = 64;

/**
 * All files of a folder and of those in it; `path` is the folder's own. Each is opened when it is
 * read, so that a permission withdrawn or a disk unplugged shows itself then. Throws a RecountError
 * where a folder cannot be listed.
 */
export async function* filesBelow(
  folder: FileSystemDirectoryHandle,
  path = folder.name,
): AsyncGenerator<Picture> {
  const folders: FileSystemDirectoryHandle[] = [];
  let files: FileSystemFileHandle[] = [];
  const at = (name: string): string => (path === '' ? name : `${path}/${name}`);
  const pictures = (): Promise<Picture[]> => {
    const some = files;
    files = [];
    return Promise.all(some.map((file) => pictureOf(file, at(file.name))));
  };
  try {
    for await (const handle of folder.values()) {
      if (isFolder(handle)) folders.push(handle);
      else if (isFile(handle)) files.push(handle);
      if (files.length >= AT_A_TIME) yield* await pictures();
    }
    yield* await pictures();
  } catch (cause) {
    throw new RecountError(
      `${path || 'The folder'} cannot be read (${reasonOf(cause)}): give permission again, or choose the folder anew.`,
      { cause },
    );
  }
  for (const inner of folders) yield* filesBelow(inner, at(inner.name));
}

async function pictureOf(file: FileSystemFileHandle, path: string): Promise<Picture> {
  const read = (): Promise<File> => file.getFile();
  // One that is gone since it was listed is told as unreadable when its turn comes.
  const size = await read().then(
    (found) => found.size,
    (error: unknown) => {
      if (error instanceof Error && error.name === 'NotFoundError') return 0;
      throw error;
    },
  );
  return { path, size, read };
}

const isFolder = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory';
const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
