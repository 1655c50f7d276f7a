import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { complaints } from './site.ts';

const chip = (page: Page, name: string) =>
  page.locator('.rx-chips').getByRole('checkbox', { name, exact: true });
const columns = (page: Page) =>
  page.getByRole('table', { name: 'Costs and accuracies' }).getByRole('columnheader');

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`./compare/${query}`, { waitUntil: 'networkidle' });
  await expect(page.locator('.rx-controls')).toBeEnabled();
}

test('any choice comes back from its address, in its order', async ({ page }) => {
  await open(page, '?models=regnetx_032,regnetx_002,regnetx_320');
  await expect(columns(page)).toContainText(['3.2GF', '200MF', '32GF']);
  await expect(page.locator('.rx-compare-widths .rx-wide svg')).toHaveCount(2);
  await expect(page.locator('[data-measure="flops"]')).toContainText('× 0.06');
  await page.getByLabel('Against').selectOption({ label: 'RegNetX-200MF' });
  await expect(page).toHaveURL(/\?models=regnetx_002,regnetx_032,regnetx_320$/);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(columns(page)).toContainText(['200MF', '3.2GF', '32GF']);
});

test('the keyboard ticks two to four variants', async ({ page }) => {
  await open(page);
  await expect(chip(page, '400MF')).toBeDisabled();
  await chip(page, '200MF').focus();
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/\?models=regnetx_004,regnetx_008,regnetx_002$/);
  await chip(page, '32GF').focus();
  await page.keyboard.press('Space');
  await expect(columns(page)).toHaveCount(4);
  await expect(chip(page, '1.6GF')).toBeDisabled();
  await chip(page, '400MF').focus();
  await page.keyboard.press('Space');
  await expect(columns(page)).toContainText(['800MF', '200MF', '32GF']);
});

test('a reader walks from the table to the comparison, a page, the design space, and back', async ({
  page,
}) => {
  await page.goto('./', { waitUntil: 'networkidle' });
  await page.locator('.rx-zoo').scrollIntoViewIfNeeded();
  const tick = (name: string) => page.getByRole('checkbox', { name: `Compare RegNetX-${name}` });
  await expect(tick('400MF')).toBeEnabled();
  await expect(page.getByRole('link', { name: /^Compare these/ })).toHaveCount(0);
  await tick('1.6GF').check();
  await tick('3.2GF').focus();
  await page.keyboard.press('Space');
  await page.getByRole('searchbox', { name: 'Filter by any name' }).fill('8');
  await tick('800MF').check();
  await page.getByRole('link', { name: 'Compare these 3' }).click();
  await expect(page).toHaveURL(/compare\/\?models=regnetx_016,regnetx_032,regnetx_008$/);
  await expect(columns(page)).toContainText(['1.6GF', '3.2GF', '800MF']);
  await columns(page).getByRole('link', { name: 'RegNetX-3.2GF' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('RegNetX-3.2GF');
  await page.goBack();
  await expect(columns(page)).toContainText(['1.6GF', '3.2GF', '800MF']);
  await page.getByRole('link', { name: 'Change it from RegNetX-3.2GF' }).click();
  await expect(page.locator('.rx-costs')).toContainText('This is RegNetX-3.2GF');
  await expect(page.locator('[data-parameter="depth"]')).toHaveValue('25');
  await page.getByRole('link', { name: 'side by side in the zoo' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The RegNetX model zoo');
});

test('the table lets four be ticked, no more', async ({ page }) => {
  await page.goto('./', { waitUntil: 'networkidle' });
  await page.locator('.rx-zoo').scrollIntoViewIfNeeded();
  const ticks = page.locator('.rx-tick');
  await expect(ticks.first()).toBeEnabled();
  for (const i of [0, 1, 2, 3]) await ticks.nth(i).check();
  await expect(ticks.nth(4)).toBeDisabled();
  await ticks.nth(0).uncheck();
  await expect(ticks.nth(4)).toBeEnabled();
});

test('a broken address shows what can be shown, and says so', async ({ page }) => {
  const errors = complaints(page);
  await open(page, '?models=regnetx_080,nothing');
  await expect(page.locator('.rx-problems')).toHaveText(
    'No variant is called “nothing”. A comparison needs 2 variants: RegNetX-400MF fills the place.',
  );
  await expect(columns(page)).toContainText(['8.0GF', '400MF']);
  expect(errors).toEqual([]);
});

test('verdicts: what chance explains, and what it does not', async ({ page }) => {
  await open(page, '?models=regnetx_064,regnetx_080,regnetx_002');
  const ours = page.locator('[data-measure="ours"]').getByRole('cell');
  await expect(ours.nth(1)).toContainText('+0.23, within chance');
  await expect(ours.nth(2)).toContainText('more than chance');
  await expect(page.locator('[data-measure="verdict"]')).toContainText('outside ±0.58');
});

for (const width of [1280, 360])
  test(`four variants fit at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, '?models=regnetx_002,regnetx_032,regnetx_080,regnetx_320');
    await expect(columns(page)).toHaveCount(4);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a pair stands complete', async ({ page }) => {
    await page.goto('./compare/');
    await expect(page.locator('.rx-compare-widths svg').first()).toBeVisible();
    await expect(page.locator('.rx-controls')).toBeHidden();
    await expect(columns(page)).toContainText(['400MF', '800MF']);
    await expect(page.locator('main').getByText('more than chance').first()).toBeVisible();
  });
});
