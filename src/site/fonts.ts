/** The part of a typeface that the site uses: most of a page's weight would be letters that it never shows. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import subsetFont from 'subset-font';
import { filesBelow } from './files.ts';

const TEXT = /\.(mdx?|json|astro|tsx?|css)$/;

/** What our style sheets ask of a variable font: weights, and features beside those that letters need. */
const OPTIONS = {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
  keepFeatures: ['ccmp', 'locl', 'mark', 'mkmk', 'kern', 'liga', 'calt', 'tnum', 'cv11', 'ss03'],
} as const;

/** The weights that are left, as CSS has them. */
export const WEIGHTS = `${OPTIONS.variationAxes.wght.min} ${OPTIONS.variationAxes.wght.max}`;

/**
 * All characters that may stand on a page, in a fixed order: those of the texts in some folders, and
 * all of Latin-1, since visitors' files have names, too.
 */
export async function charactersOf(folders: readonly string[]): Promise<string> {
  const used = new Set<string>();
  for (let code = 0x20; code <= 0xff; code++)
    if (code < 0x7f || code >= 0xa0) used.add(String.fromCodePoint(code));
  for (const folder of folders)
    for (const file of await filesBelow(folder))
      if (TEXT.test(file))
        for (const character of await readFile(path.join(folder, file), 'utf8'))
          if (character > '\u00ff') used.add(character);
  return [...used].sort().join('');
}

/**
 * The file of a font with these characters alone, made once in `folder` for each font and text; its
 * path is returned.
 */
export async function smallFont(file: string, text: string, folder: string): Promise<string> {
  const font = await readFile(file);
  const key = createHash('sha256').update(font).update(text).update(JSON.stringify(OPTIONS));
  const name = `${path.basename(file, '.woff2')}.${key.digest('hex').slice(0, 8)}.woff2`;
  const made = path.join(folder, name);
  const known = await readFile(made).catch(() => undefined);
  if (known) return made;
  await mkdir(folder, { recursive: true });
  // Whole or not at all: several commands may begin at once.
  const begun = `${made}.${process.pid}`;
  await writeFile(begun, await subsetFont(font, text, OPTIONS));
  await rename(begun, made);
  return made;
}
