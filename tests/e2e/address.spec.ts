import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { complaints } from './site.ts';

/** Brings a figure into view and waits until its controls answer. */
async function live(page: Page, figure: string): Promise<void> {
  const found = page.locator(figure).first();
  await found.scrollIntoViewIfNeeded();
  await expect(found.locator('.rx-controls, [role="listbox"]:visible').first()).toBeEnabled();
}

test('a model’s figures come back as they were: after a reload, and on the way back', async ({
  page,
}) => {
  const errors = complaints(page);
  await page.goto('./models/regnetx_002/');
  const flops = page.locator('[data-panel="flops"]');
  await live(page, '[data-panel="flops"]');
  await flops.getByRole('radio', { name: 'activations' }).check();
  await flops.getByRole('radio', { name: 'shares' }).check();
  await flops.getByLabel('Input resolution').selectOption('320 px');
  const widths = page.locator('[data-panel="stage-widths"]');
  await live(page, '[data-panel="stage-widths"]');
  await widths.locator('svg:visible [data-mark="6"]').click();
  await expect(page).toHaveURL(
    /\?(?=.*count=acts)(?=.*numbers=share)(?=.*px=320)(?=.*part=s4\.b1)/,
  );
  const same = async () => {
    await live(page, '[data-panel="flops"]');
    await expect(flops.getByRole('radio', { name: 'activations' })).toBeChecked();
    await expect(flops.getByRole('radio', { name: 'shares' })).toBeChecked();
    await expect(flops.getByLabel('Input resolution')).toHaveValue('320');
    await live(page, '[data-panel="stage-widths"]');
    await expect(widths.locator('.rx-readout')).toContainText('Block 7 of 13');
  };
  await page.reload();
  await same();
  await page.goto('./guides/reading/');
  await page.goBack();
  await same();
  expect(errors).toEqual([]);
});

test('home keeps table, answer and scale side by side in one address', async ({ page }) => {
  await page.goto('./?budget=4&also=cpu&limit=20');
  await live(page, '.rx-accuracy-scatter');
  const answer = page.locator('.rx-accuracy-scatter .rx-point');
  await expect(answer).toContainText('the most accurate is RegNetX-1.6GF', { useInnerText: true });
  await page.getByRole('checkbox', { name: 'and no more than' }).uncheck();
  await expect(answer).toContainText('the most accurate is RegNetX-3.2GF', { useInnerText: true });
  await live(page, '.rx-zoo-table');
  await page.locator('.rx-zoo').getByRole('button', { name: /^GPU/ }).click();
  await page.getByRole('searchbox', { name: 'Filter by any name' }).fill('gf');
  await page.getByRole('checkbox', { name: 'Compare RegNetX-8.0GF' }).check();
  await page.getByRole('radio', { name: 'all on one scale' }).check();
  await page.getByRole('checkbox', { name: 'lost weights, too' }).check();
  await expect(page).toHaveURL(
    /\?(?=.*budget=4)(?=.*sort=gpu)(?=.*name=gf)(?=.*tick=regnetx_080)(?=.*family=common)(?=.*lost=counted)/,
  );
  await page.reload();
  await live(page, '.rx-zoo-table');
  await live(page, '.rx-accuracy-scatter');
  await expect(page.locator('.rx-zoo tbody tr').first()).toContainText('1.6GF');
  await expect(page.getByRole('checkbox', { name: 'Compare RegNetX-8.0GF' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'all on one scale' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'lost weights, too' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'at most' })).toBeChecked();
});

test('kept marks, and a choice that is full, say so', async ({ page }) => {
  await page.goto('./accuracy/');
  await live(page, '.rx-trainings');
  await page.locator('.rx-trainings svg:visible [data-mark="5"]').focus();
  await expect(page).toHaveURL(/\?variant=regnetx_032/);
  await page.reload();
  await live(page, '.rx-trainings');
  await expect(page.locator('.rx-trainings .rx-readout')).toContainText('RegNetX-3.2GF');
  await page.goto('./compare/?models=regnetx_002,regnetx_004,regnetx_006,regnetx_008');
  await expect(page.locator('.rx-limit')).toHaveText(
    'No more than 4 fit side by side: untick one to tick another.',
  );
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('a small staircase stays in view while a slider moves', async ({ page }) => {
    await page.goto('./design/');
    await live(page, '.rx-explorer');
    const small = page.locator('.rx-explorer-small svg');
    const slider = page.locator('[data-slider="wm"]');
    await slider.scrollIntoViewIfNeeded();
    await slider.focus();
    await expect(small).toBeInViewport({ ratio: 0.95 });
    const before = await small.locator('.rx-rule-bar').last().getAttribute('y');
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await expect(small.locator('.rx-rule-bar').last()).not.toHaveAttribute('y', before ?? '');
  });
});
