/** Answers the copy buttons of every figure on the page; what makes the copies loads on demand. */
import { COPY_FORMATS, type CopyFormat } from '../../charts/shared/copy-formats.ts';
import { deliver, type Made } from './deliver.ts';

/** The type under which a copy stands on the clipboard; SVG is pasted as text. */
const CLIPBOARD_TYPES: Readonly<Record<CopyFormat, string>> = {
  svg: 'text/plain',
  png: 'image/png',
  csv: 'text/plain',
};

document.addEventListener('click', (event) => {
  const button =
    event.target instanceof Element
      ? event.target.closest<HTMLButtonElement>('button[data-copy]')
      : null;
  const figure = button?.closest('figure');
  const format = COPY_FORMATS.find((known) => known === button?.dataset.copy);
  if (!figure || !format) return;
  void copy(figure, format);
});

async function copy(figure: HTMLElement, format: CopyFormat): Promise<void> {
  const say = (words: string) => {
    const status = figure.querySelector('[data-figure-status]');
    if (status) status.textContent = words;
  };
  const name = format.toUpperCase();
  say('');
  try {
    say(await deliver(make(figure, format), CLIPBOARD_TYPES[format], name));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`The ${name} could not be made. Reload the page and try again. (${reason})`);
  }
}

async function make(figure: HTMLElement, format: CopyFormat): Promise<Made> {
  const { figureAs } = await import('./make.ts');
  return figureAs(figure, format);
}
