/** The deepest design there can be: the page answers at once, and everything can still be reached. */
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { busyFor } from './processor.ts';
import { complaints } from './site.ts';

/** What the page holds at most, of some five thousand elements of the design that it opens with. */
const MOST_ELEMENTS = 10_000;

const depth = (page: Page) => page.locator('[data-parameter="depth"]');
const marks = (page: Page) => page.locator('.rx-wide [data-mark]');

/** Changes the depth; resolves in the frame after the costs and the picture followed. */
const answerTo = (page: Page, value: string) =>
  depth(page).evaluate(async (field: HTMLInputElement, text) => {
    const costs = () => document.querySelector('[data-cost="params"]')?.textContent;
    const before = costs();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    do
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
    while (costs() === before);
  }, value);

for (const [what, query] of [
  ['few stages', ''],
  ['hundreds of stages', '?d=13&w0=8&wa=60&wm=1.01&g=8'],
] as const)
  test(`1,024 blocks in ${what} take the page’s thread less than half a second`, async ({
    page,
  }) => {
    const found = complaints(page);
    await page.goto(`./design/${query}`, { waitUntil: 'networkidle' });
    await expect(depth(page)).toBeEnabled();
    // Of the processor's time; a page just opened may have other work, so the least of some tries counts.
    const tries: number[] = [];
    for (const value of ['900', '1000', '1023', '1024']) {
      tries.push(await busyFor(page, () => answerTo(page, value)));
      await page.waitForTimeout(300);
    }
    expect(Math.min(...tries)).toBeLessThan(500);
    await expect(marks(page)).toHaveCount(128);
    expect(await page.locator('*').count()).toBeLessThan(MOST_ELEMENTS);
    expect(found).toEqual([]);
  });

test('of 1,024 blocks every column can be walked to, and every row be had', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./design/?d=1024', { waitUntil: 'networkidle' });
  await expect(depth(page)).toHaveValue('1024');
  const head = page.locator('.rx-readout-head');
  await expect(head).toContainText('Each column stands for 8 blocks');
  await marks(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(head).toContainText('Block j = 8, in stage');
  await page.keyboard.press('End');
  await expect(head).toContainText('Block j = 1016, in stage');

  // What is chosen and not there any more leaves the stop of the Tab key behind.
  await depth(page).fill('13');
  await expect(marks(page)).toHaveCount(13);
  await expect(head).toContainText('From block 0 to block 12');
  await expect(page.locator('.rx-wide [data-mark][tabindex="0"]')).toHaveCount(1);

  await depth(page).fill('1024');
  const figure = page.locator('.rx-design-space');
  const rows = figure.locator('tbody tr');
  await expect(rows).toHaveCount(128);
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(figure.locator('[data-figure-status]')).toHaveText('Copied as CSV.');
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  expect(csv.trim().split('\n')).toHaveLength(1 + 1024);
  await expect(rows).toHaveCount(1024);
});
