/** `llms.txt`: what the site has for programs that read text. https://llmstxt.org */
import { markdownAddress } from './addresses.ts';
import type { PageSummary } from './card/contents.ts';

/** Sections, each with the paths that it holds; the first that fits has a page. */
const SECTIONS = [
  ['Models', /^models\//],
  ['Guides', /^guides\//],
  ['The zoo', /./],
] as const;

/** The data for programs, as guides/data describes it. */
const DATA = [
  ['api/models.json', 'All twelve models: design, stages, counts, published figures, checkpoints.'],
  ['api/models.csv', 'One line a model: design, counts, accuracies, verdict.'],
] as const;

/** The file for a site with these pages; `address` makes an address of a path below the base. */
export function llmsFile(pages: readonly PageSummary[], address: (path: string) => string): string {
  const home = pages.find(({ path }) => path === '');
  const link = (name: string, path: string, text: string) =>
    `- [${name}](${address(path)}): ${text}`;
  const sections = SECTIONS.map(([title, paths], i) => {
    const listed = pages.filter(
      ({ path }) =>
        paths.test(path) && !SECTIONS.slice(0, i).some(([, earlier]) => earlier.test(path)),
    );
    const lines = listed.map(({ path, title: name, description }) =>
      link(name, markdownAddress(path), description),
    );
    return [`## ${title}`, '', ...lines].join('\n');
  });
  return `${[
    `# ${home?.title ?? 'The RegNetX model zoo'}`,
    `> ${home?.description ?? ''}`,
    `Every page is there as Markdown as well, at its address with \`.md\`; this one at ${address(markdownAddress(''))}. FLOPs are multiply-adds unless they are said to be FLOPs (2x).`,
    ...sections,
    ['## Data', '', ...DATA.map(([path, text]) => link(path, path, text))].join('\n'),
  ].join('\n\n')}\n`;
}
