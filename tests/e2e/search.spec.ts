import { expect, test } from '@playwright/test';
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
    const first: string[] = [];
    for (const [query] of all) {
      const { results } = await pagefind.search(query);
      first.push((await results[0]?.data())?.url ?? 'nothing');
    }
    return first;
  }, queries);
  const wrong = queries.filter(([, id], i) => found[i]?.includes(`/models/${id}/`) !== true);
  expect(wrong.map(([query]) => [query, found[queries.findIndex(([q]) => q === query)]])).toEqual(
    [],
  );
});

test('the search box leads to a page by an alias', async ({ page }) => {
  await page.goto('./guides/reading/');
  await page.getByRole('button', { name: /search/i }).click();
  await page.getByRole('textbox', { name: /search/i }).fill('regnet_x_400mf');
  await page.getByRole('dialog').getByRole('link', { name: 'RegNetX-400MF' }).first().click();
  await expect(page).toHaveURL(/models\/regnetx_004\//);
});
