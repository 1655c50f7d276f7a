import { expect, test } from './test.ts';
import { models } from '../../src/zoo/models.ts';

const queries = models.flatMap(({ id, name, aliases }) =>
  [id, name, ...aliases].map((query) => [query, id] as const),
);

test('search finds every variant under every alias', async ({ page }) => {
  await page.goto('./');
  const found = await page.evaluate(async (all) => {
    const base = document.querySelector<HTMLAnchorElement>('a.site-title')?.href ?? '';
    const pagefind = (await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`)) as {
      search: (query: string) => Promise<{ results: { data: () => Promise<{ url: string }> }[] }>;
    };
    const first: string[][] = [];
    for (const [query] of all) {
      const { results } = await pagefind.search(query);
      first.push(await Promise.all(results.slice(0, 2).map(async (r) => (await r.data()).url)));
    }
    return first;
  }, queries);
  // Pagefind drops the point, so that 1.6GF and 16GF are one word to it: both are found.
  const wrong = queries.filter(
    ([, id], i) => found[i]?.some((url) => url.includes(`/models/${id}/`)) !== true,
  );
  expect(wrong).toEqual([]);
});

test('the search box leads to a page by an alias', async ({ page }) => {
  await page.goto('./guides/reading/');
  await page.getByRole('button', { name: /search/i }).click();
  await page.getByRole('textbox', { name: /search/i }).fill('regnet_x_400mf');
  await page.getByRole('dialog').getByRole('link', { name: 'RegNetX-400MF' }).first().click();
  await expect(page).toHaveURL(/models\/regnetx_004\//);
});
