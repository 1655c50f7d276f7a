/** Files as they arrive: chosen one by one, as a folder, or dropped. */
import type { GivenFile } from '../../recount/browser/given.ts';

/** Files of an input, with the folders that they are in where a folder was chosen. */
export function chosenFiles(files: Iterable<File>): GivenFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * Finds what was dropped, files and all that is in folders, when it is asked for. Must be called while
 * the event is handled.
 */
export function droppedFiles(data: DataTransfer): () => Promise<GivenFile[]> {
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry());
  const found = entries.filter((entry) => entry !== null);
  const files = chosenFiles(data.files);
  // Some systems drop files that have no entries.
  if (found.length === 0) return () => Promise.resolve(files);
  return async () => (await Promise.all(found.map((entry) => filesIn(entry, '')))).flat();
}

async function filesIn(entry: FileSystemEntry, folder: string): Promise<GivenFile[]> {
  const path = folder + entry.name;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject);
    });
    return [{ path, file }];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  // A hundred at a time, until there are none.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) break;
    all.push(...some);
  }
  const inside: GivenFile[] = [];
  for (const one of all) inside.push(...(await filesIn(one, `${path}/`)));
  return inside;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
