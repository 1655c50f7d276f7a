import type { CopyFormat } from '../../charts/shared/copy-formats.ts';
import { csvOf } from './csv.ts';
import type { Made } from './deliver.ts';
import { pictureOf, shownDrawings, titleOf } from './picture.ts';
import { pngOf } from './png.ts';

/** A figure as it stands on the page, in one of the formats, with a name for the file. */
export async function figureAs(figure: HTMLElement, format: CopyFormat): Promise<Made> {
  const [drawing] = shownDrawings(figure);
  const file = `${slug(drawing ? titleOf(drawing) : document.title)}.${format}`;
  switch (format) {
    case 'svg': {
      const { svg } = await pictureOf(figure);
      return { blob: new Blob([svg], { type: 'image/svg+xml' }), file };
    }
    case 'png':
      return { blob: await pngOf(await pictureOf(figure)), file };
    case 'csv':
      await showAllRows(figure);
      return { blob: new Blob([tableAsCsv(figure)], { type: 'text/csv' }), file };
  }
}

/** A long table shows its first rows only until it is asked for all, and a copy is of all. */
async function showAllRows(figure: HTMLElement): Promise<void> {
  const button = figure.querySelector<HTMLButtonElement>('button[data-all-rows]');
  if (!button) return;
  const shown = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (figure.contains(button)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(figure, { childList: true, subtree: true });
  });
  button.click();
  await shown;
}

/** The table behind a figure; only what is shown of a cell, where it holds two units. */
function tableAsCsv(figure: HTMLElement): string {
  const table = figure.querySelector('table');
  if (!table) throw new Error('There is no table behind this figure.');
  const [head = [], ...rows] = [...table.rows].map((row) => [...row.cells].map(shownText));
  return `${csvOf(head, rows)}\n`;
}

/** The text of an element without what CSS takes out of it, also inside of closed details. */
function shownText(node: Node): string {
  if (node instanceof Element && getComputedStyle(node).display === 'none') return '';
  if (!(node instanceof Element)) return node.textContent ?? '';
  return [...node.childNodes].map(shownText).join('').trim();
}

/** `Stage widths of RegNetX-200MF` as `stage-widths-of-regnetx-200mf`. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}
