import { opendir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { openArchive } from '../../recount/archive.ts';
import { RecountError } from '../../recount/errors.ts';
import type { Picture, Source } from '../../recount/types.ts';
import { UsageError } from '../arguments.ts';
import { reasonOf, resolvePath } from '../read-file.ts';
import { DiskBlob } from './disk-blob.ts';

/** The pictures of a folder or an archive on the disk. Rejects with a UsageError or RecountError. */
export async function openSource(name: string): Promise<Source> {
  const place = resolvePath(name);
  try {
    const stats = await stat(place);
    if (stats.isDirectory()) return { name, list: () => filesBelow(place, '') };
    if (!stats.isFile()) throw new UsageError(`${name} is neither a folder nor an archive.`);
    return await openArchive(new DiskBlob(place, stats.size), name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${name} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Links to folders are not followed: they may lead in a circle. */
async function* filesBelow(root: string, folder: string): AsyncGenerator<Picture> {
  const entries = await opendir(path.join(root, folder)).catch((cause: unknown) => {
    throw new RecountError(`${folder || root} cannot be read: ${reasonOf(cause)}.`, { cause });
  });
  for await (const entry of entries) {
    const below = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const place = path.join(root, below);
    if (entry.isDirectory()) yield* filesBelow(root, below);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      const stats = await stat(place).catch(() => null);
      if (stats?.isFile() !== true) continue;
      const read = async () => new Blob([await readFile(place)]);
      yield { path: below, size: stats.size, read };
    }
  }
}
