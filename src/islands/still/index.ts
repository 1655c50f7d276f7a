/**
 * Arrow keys for charts that never hydrate: each mark, named by its <title>, can be reached, is lit
 * and told in the line under the picture. Charts of islands answer by themselves.
 */
import { step } from '../../charts/shared/selection.ts';

for (const drawing of document.querySelectorAll<SVGSVGElement>('figure svg.rx-drawing')) {
  if (drawing.closest('astro-island') || !drawing.querySelector('[data-mark]')) continue;
  drawing.tabIndex = 0;
  drawing.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') choose(drawing, null);
    const marks = [...drawing.querySelectorAll('[data-mark]')];
    const at = marks.findIndex((mark) => mark.hasAttribute('data-chosen'));
    const to = at < 0 && step(event.key, 0, 2) !== null ? 0 : step(event.key, at, marks.length);
    if (to === null) return;
    event.preventDefault();
    choose(drawing, marks[to] ?? null);
  });
  drawing.addEventListener('blur', () => {
    choose(drawing, null);
  });
}

function choose(drawing: SVGSVGElement, mark: Element | null): void {
  for (const lit of drawing.querySelectorAll('[data-chosen]')) lit.removeAttribute('data-chosen');
  mark?.setAttribute('data-chosen', '');
  mark?.closest('.rx-marks')?.setAttribute('data-chosen', '');
  const status = drawing.closest('figure')?.querySelector('[data-figure-status]');
  if (status) status.textContent = mark?.querySelector('title')?.textContent ?? '';
}
