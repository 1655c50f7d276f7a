/** What a visitor gives, as a source: files with the folders that they are in, and archives. */
import { ARCHIVE_NAME, openArchive } from '../archive.ts';
import type { Picture, Source } from '../types.ts';
import { filesBelow } from './folder.ts';

/** A file with its path below what was chosen. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** Files, or a folder that can be read again after a reload. */
export type Given = readonly GivenFile[] | FileSystemDirectoryHandle;

const isFolderHandle = (given: Given): given is FileSystemDirectoryHandle => 'kind' in given;

/** Files as they are, and what is in archives among them. */
export function sourceOf(given: Given): Source {
  return {
    name: nameOf(given),
    list: async function* () {
      const used = new Set<string>();
      for await (const file of isFolderHandle(given) ? filesBelow(given) : given.map(pictureOf)) {
        if (!ARCHIVE_NAME.test(file.path)) {
          yield file;
          continue;
        }
        const name = file.path.replace(/^.*\//, '');
        for await (const picture of (await openArchive(await file.read(), name)).list())
          yield unused(used, picture);
      }
    },
  };
}

function pictureOf({ path, file }: GivenFile): Picture {
  return { path, size: file.size, read: () => Promise.resolve(file) };
}

/** Two archives may have files of one name. */
function unused(used: Set<string>, picture: Picture): Picture {
  let { path } = picture;
  for (let n = 2; used.has(path); n++) path = `${n}/${picture.path}`;
  used.add(path);
  return { path, size: picture.size, read: () => picture.read() };
}

/** The folder, the only file, or how many there are. */
function nameOf(given: Given): string {
  if (isFolderHandle(given)) return given.name || 'the folder';
  const [first, ...others] = given;
  if (!first) return 'nothing';
  if (others.length === 0) return first.file.name;
  const [top = ''] = first.path.split('/');
  const inOne = first.path.includes('/') && given.every(({ path }) => path.startsWith(`${top}/`));
  return inOne ? top : `${given.length.toLocaleString('en')} files`;
}
