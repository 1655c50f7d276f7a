import { expect, test } from './test.ts';
import { complaints } from './site.ts';

test('a figure opens its passport by key, with source and protocol', async ({ page }) => {
  const errors = complaints(page);
  await page.goto('./accuracy/', { waitUntil: 'networkidle' });
  const figure = page.getByRole('button', { name: /^68\.912, top-1 error, official/ }).first();
  await figure.focus();
  await page.keyboard.press('Enter');
  const passport = page.locator('.passport:popover-open');
  await expect(passport).toContainText('facebookresearch/pycls');
  await expect(passport).toContainText('BGR');
  await page.keyboard.press('Escape');
  await expect(passport).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('trainings are walked by arrow keys, and each figure opens its passport', async ({ page }) => {
  const errors = complaints(page);
  await page.goto('./accuracy/', { waitUntil: 'networkidle' });
  const section = page.locator('section[aria-labelledby="everyone"]');
  await section.scrollIntoViewIfNeeded();
  const marks = section.getByRole('listbox', { name: 'Designs' }).locator('visible=true').first();
  await marks.getByRole('option').first().focus();
  await page.keyboard.press('ArrowDown');
  const readout = section.locator('.rx-readout');
  await expect(readout).toContainText('RegNetX-400MF');
  await readout.getByRole('button', { name: /^71\.22%, top-1, Keras/ }).press('Enter');
  await expect(page.locator('.passport:popover-open')).toContainText('Aditya Kane');
  await page.keyboard.press('Escape');
  await expect(section.getByText(/timm’s copies of pycls’s weights/)).toBeVisible();
  expect(errors).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the differences, verdicts and test sets stand complete', async ({ page }) => {
    await page.goto('./accuracy/');
    for (const name of ['differences', 'everyone', 'evaluation', 'robustness'])
      await expect(page.locator(`section[aria-labelledby="${name}"] svg:visible`)).toHaveCount(1);
    await expect(page.locator('.verdicts li')).toHaveCount(12);
    await expect(page.locator('.verdicts li').first()).toContainText(
      'd-li14’s is 0.70 points below the official model, more than the ±0.58 that the choice of pictures explains.',
    );
    // The table of a chart opens by itself, and so do the figures with their sources.
    const all = page.locator('section[aria-labelledby="robustness"]');
    await all.getByText('Every figure with its source').click();
    await expect(all.getByRole('button', { name: /^26\.16, top-1 on ImageNet-A/ })).toBeVisible();
  });

  test('the sidebar of a guide leads here', async ({ page }) => {
    await page.goto('./guides/counts/');
    await page.getByRole('link', { name: 'Ours against official' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Ours against official, honestly',
    );
  });
});
