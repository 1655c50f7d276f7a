/** What a visitor gives, as a source: files with the folders that they are in, and archives. */
import { ARCHIVE_NAME, openArchive } from '../archive.ts';
import type { Picture, Source } from '../types.ts';

/** A file with its path below what was chosen. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** Files as they are, and what is in archives among them. */
export function sourceOf(given: readonly GivenFile[]): Source {
  return {
    name: nameOf(given),
    list: async function* () {
      const used = new Set<string>();
      for (const { path, file } of given) {
        if (!ARCHIVE_NAME.test(path)) {
          yield { path, size: file.size, read: () => Promise.resolve(file) };
          continue;
        }
        for await (const picture of (await openArchive(file, file.name)).list())
          yield unused(used, picture);
      }
    },
  };
}

/** Two archives may have files of one name. */
function unused(used: Set<string>, picture: Picture): Picture {
  let { path } = picture;
  for (let n = 2; used.has(path); n++) path = `${n}/${picture.path}`;
  used.add(path);
  return { path, size: picture.size, read: () => picture.read() };
}

/** The folder that all files are in, the only file, or how many there are. */
function nameOf(given: readonly GivenFile[]): string {
  const [first, ...others] = given;
  if (!first) return 'nothing';
  if (others.length === 0) return first.file.name;
  const [top = ''] = first.path.split('/');
  const inOne = first.path.includes('/') && given.every(({ path }) => path.startsWith(`${top}/`));
  return inOne ? top : `${given.length.toLocaleString('en')} files`;
}
