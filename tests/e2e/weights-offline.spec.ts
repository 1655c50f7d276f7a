/** Kept weights without any network. */
import { expect } from '@playwright/test';
import pycls from '../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import { buttonOf, expectNodesAnswer, FILE, ID, inState, keptIn, PAGE, test } from './weights.ts';

test.use({ serviceWorkers: 'allow' });

test('what is kept still runs, on a page that is opened without the network', async ({
  page,
  context,
}) => {
  const workers = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  await page.goto(PAGE);
  await expect(buttonOf(page)).toBeEnabled();
  expect(await workers()).toBe(0);
  await buttonOf(page).click();
  await inState(page, 'done');
  // The page, and all code that it has loaded.
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
        const needed = [location.href, ...loaded.filter((name) => /_astro\/[^?]*$/.test(name))];
        return (await Promise.all(needed.map((url) => caches.match(url)))).includes(undefined);
      }),
    )
    .toBe(false);

  await context.setOffline(true);
  await page.reload();
  await expect(buttonOf(page)).toHaveText('Run');
  await buttonOf(page).click();
  await inState(page, 'done');
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
  await context.setOffline(false);

  // With the last weights goes the service worker, and what it kept.
  await keptIn(page).locator('summary').click();
  await page.getByRole('button', { name: `Delete ${ID}` }).click();
  await expect.poll(workers).toBe(0);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});
