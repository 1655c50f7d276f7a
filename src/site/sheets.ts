/** Gives the pages of a built site one style sheet a kind, in place of what Astro linked. */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HASHED } from './headers.ts';
import { scriptsOf, usedStyles, wordsOf } from './styles.ts';

const LINK = /<link rel="stylesheet" href="([^"]*)"\s*\/?>/g;

/** Pages of one folder are of one kind, and share a style sheet: `models`, `guides`, `index`. */
const kindOf = (page: string): string => page.split('/')[0]?.replace(/\.html$/, '') ?? page;

/**
 * Writes the style sheets into the folder of the site and returns the pages, by the names of their
 * files, with one link each in their heads. The sheets that Astro wrote are gone from `files`, which
 * lists all files of the site, and from the folder.
 */
export async function withOwnStyles(
  folder: string,
  pages: ReadonlyMap<string, string>,
  files: readonly string[],
  base: string,
): Promise<Map<string, string>> {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  const scripts = new Map<string, string>();
  for (const name of files.filter((name) => name.startsWith(HASHED) && name.endsWith('.js')))
    scripts.set(path.basename(name), await read(name));

  const done = new Map<string, string>();
  const replaced = new Set<string>();
  for (const [kind, group] of Map.groupBy(pages, ([name]) => kindOf(name))) {
    const htmls = group.map(([, html]) => html);
    const linked = new Set(htmls.flatMap((html) => [...html.matchAll(LINK)].map(([, to]) => to)));
    const names = [...linked].map((to = '') => to.slice(base.length));
    const reached = htmls.flatMap((html) => [...scriptsOf(html, scripts)]);
    const texts = [...htmls, ...[...new Set(reached)].map((name) => scripts.get(name) ?? '')];
    const css = usedStyles(await Promise.all(names.map(read)), wordsOf(texts));
    const hash = createHash('sha256').update(css).digest('hex').slice(0, 8);
    const sheet = `${HASHED}${kind}.${hash}.css`;
    await writeFile(path.join(folder, sheet), css);
    for (const name of names) replaced.add(name);
    for (const [name, html] of group) done.set(name, withSheet(html, `${base}${sheet}`));
  }
  for (const name of replaced) await rm(path.join(folder, name));
  return done;
}

/** A page with one style sheet, where its first one was linked; else at the end of its head. */
function withSheet(html: string, address: string): string {
  const link = `<link rel="stylesheet" href="${address}">`;
  let first = true;
  return html.replaceAll(LINK, () => {
    const here = first ? link : '';
    first = false;
    return here;
  });
}
