import { expect, test } from './test.ts';
import { models } from '../../src/zoo/models.ts';

const queries = models.flatMap(({ id, name, aliases }) =>
  [id, name, ...aliases].map((query) => [query, id] as const),
);
const SIZES = [
  ['RegNetX-32GF', 'regnetx_320'],
  ['400MF', 'regnetx_004'],
  ['8gf', 'regnetx_080'],
  ['1.6GF', 'regnetx_016'],
] as const;

test('an alias finds its variant first, whatever the full text has', async ({ page }) => {
  await page.goto('./guides/reading/');
  await page.getByRole('button', { name: /search/i }).click();
  const box = page.getByRole('textbox', { name: /search/i });
  const first = page.locator('site-search dialog a').first();
  for (const [query, id] of [...queries, ...SIZES]) {
    await box.fill(query);
    await expect(first, query).toHaveAttribute('href', `/regnetx/models/${id}/`);
  }
  await box.fill('regnet_x_400mf');
  await box.press('Tab');
  await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/models\/regnetx_004\/$/);
});

test('the full text leads somewhere for what readers call speed, and quotes no hidden table', async ({
  page,
}) => {
  await page.goto('./');
  const found = await page.evaluate(async () => {
    const base = document.querySelector<HTMLAnchorElement>('a.site-title')?.href ?? '';
    const pagefind = (await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`)) as {
      search: (query: string) => Promise<{
        results: { data: () => Promise<{ url: string; content: string }> }[];
      }>;
    };
    const first = async (query: string) => {
      const [top] = (await pagefind.search(query)).results;
      return top?.data();
    };
    return Promise.all(['latency', 'speed', 'throughput', 'RegNetX-400MF'].map(first));
  });
  const [latency, speed, throughput, model] = found;
  for (const top of [latency, speed, throughput])
    expect(top?.url).toMatch(/\/guides\/speed\/|\/models\//);
  expect(model?.url).toContain('/models/regnetx_004/');
  expect(model?.content).not.toMatch(/Data table|Copy as|linear rule ?quantised/);
});

test('an address with an alias leads from the page that says no to the variant', async ({
  page,
}) => {
  const addresses = ['models/regnet_x_400mf/', 'models/facebook/regnet-x-004', '400MF?a=1#flops'];
  await page.route(/regnet_x_400mf|regnet-x-004$|400MF|\/models\/nobody/, (route) =>
    route.fulfill({ status: 404, path: 'dist-e2e/regnetx/404.html' }),
  );
  for (const address of addresses) {
    await page.goto(`./${address}`);
    await expect(page).toHaveURL(/\/regnetx\/models\/regnetx_004\/(\?a=1#flops)?$/);
  }
  await page.goto('./models/nobody/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such page');
  for (const { id } of models)
    await expect(page.locator(`main a[href="/regnetx/models/${id}/"]`)).toBeVisible();
});
