/** The search box names the variants that a query means before the full text has been searched. */
import { href } from './href.ts';

/** More than these are no answer: the full text, and the table on the first page, have them all. */
const MOST = 4;

const search = document.querySelector('site-search');

search?.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement) void answer(target);
});

async function answer(input: HTMLInputElement): Promise<void> {
  const { matchingModels } = await import('../zoo/models.ts');
  // What stands in the box now, and in the form that has it now: both may have changed meanwhile.
  const query = input.value.trim();
  const found = query.length > 1 ? matchingModels(query) : [];
  search?.querySelector('.rx-meant')?.remove();
  if (found.length === 0 || found.length > MOST) return;
  const list = document.createElement('ul');
  list.className = 'rx-meant';
  list.setAttribute('aria-label', 'Models of this name');
  for (const { id, name } of found) {
    const link = document.createElement('a');
    link.href = href(`/models/${id}/`);
    link.textContent = name;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  // Behind the button that clears the box, which stands beside it.
  const clear = input.parentElement?.querySelector('button');
  (clear ?? input).after(list);
}
