/** What stands beside the pages: each as Markdown and as a picture, and the list of all. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cardAddress, markdownAddress } from './addresses.ts';
import type { PageSummary } from './card/contents.ts';
import { cardPainter } from './card/index.ts';
import { pathOf } from './files.ts';
import { metaOf, treeOf } from './hast.ts';
import { llmsFile } from './llms.ts';
import { markdownOf } from './markdown.ts';

/** Where a site will live. */
export interface Place {
  /** Begins and ends with a slash. */
  readonly base: string;
  /** The host's address, where it is known. */
  readonly site: string | undefined;
}

/** The page that a host shows where there is none: nobody shares it. */
const MISSING = '404.html';

/** Writes them into the folder of the site, for pages by the names of their files. */
export async function writeCompanions(
  folder: string,
  pages: ReadonlyMap<string, string>,
  { base, site }: Place,
): Promise<void> {
  const paint = await cardPainter();
  const write = async (name: string, content: string | Buffer) => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  // Without a site, an address is one of the host's, whichever it is.
  const address = (from: string) => (to: string) => {
    const url = new URL(to, new URL(from, `${site ?? 'http://host'}${base}`));
    return site === undefined && url.host === 'host' ? url.href.slice(url.origin.length) : url.href;
  };

  const summaries: PageSummary[] = [];
  for (const [name, html] of pages) {
    if (name === MISSING) continue;
    const tree = treeOf(html);
    const page = {
      path: pathOf(name),
      title: metaOf(tree, 'og:title'),
      description: metaOf(tree, 'description'),
    };
    summaries.push(page);
    const own = page.path === '' ? './' : `./${page.path}/`;
    const text = markdownOf(tree, address(own));
    await write(markdownAddress(page.path), `${text}\n---\n\nThis page: ${address(own)('')}\n`);
    await write(cardAddress(page.path), await paint(page));
  }
  await write('llms.txt', llmsFile(summaries, address('./')));
}
