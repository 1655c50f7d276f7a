/** The files of a built site, and the name of the build that they are. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** All files below a folder, as paths with slashes, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
}

/** A short name that differs when any of the files differs. */
export async function nameOfBuild(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = createHash('sha256').update(await readFile(path.join(folder, file)));
    hash.update(`${file}\n${content.digest('hex')}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}

/** What a browser asks for to get a file: a folder for its `index.html`. */
export const addressOf = (file: string): string => file.replace(/(^|\/)index\.html$/, '$1');

/** The address of a built page without the slash at its end: `models/regnetx_002`, empty for the first. */
export const pathOf = (file: string): string => addressOf(file).replace(/\/$/, '');
