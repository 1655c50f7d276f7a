import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { complaints, scrollThrough } from './site.ts';

const open = (page: Page) => page.locator('.passport:popover-open');

for (const { path, figure } of [
  { path: './', figure: /^68\.21%, top-1, d-li14: show the source/ },
  {
    path: './compare/?models=regnetx_002,regnetx_320',
    figure: /^80\.52%, d-li14: show the source/,
  },
]) {
  test(`on ${path} a figure in an island opens its passport by key and by click`, async ({
    page,
  }) => {
    const errors = complaints(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    await scrollThrough(page);
    const button = page.getByRole('button', { name: figure }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    for (const word of ['d-li14/regnet.pytorch', 'b7962fa377', 'ImageNet-1k validation', 'MIT'])
      await expect(open(page)).toContainText(word);
    await expect(open(page).getByRole('link').first()).toHaveAttribute('href', /^https:.*b7962fa/);
    await page.keyboard.press('Escape');
    await expect(open(page)).toHaveCount(0);
    await expect(button).toBeFocused();
    await button.click();
    await expect(open(page)).toHaveCount(1);
    await expect(open(page)).toBeInViewport({ ratio: 1 });
    expect(errors).toEqual([]);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const path of ['./', './compare/', './audit/', './models/regnetx_032/', './accuracy/']) {
    test(`on ${path} every figure finds its own passport, and no two passports share an id`, async ({
      page,
    }) => {
      await page.goto(path);
      const { targets, missing, twice } = await page.evaluate(() => {
        const buttons = [...document.querySelectorAll('main button[popovertarget].figure')];
        const ids = [...document.querySelectorAll('[popover]')].map(({ id }) => id);
        const targets = buttons.map((button) => button.getAttribute('popovertarget') ?? '');
        return {
          targets: targets.length,
          missing: targets.filter((id) => !ids.includes(id)),
          twice: ids.filter((id, i) => ids.indexOf(id) !== i),
        };
      });
      expect(targets).toBeGreaterThan(0);
      expect(missing).toEqual([]);
      expect(twice).toEqual([]);
      await page.locator('main button.figure:visible').first().click();
      await expect(open(page)).toContainText('Licence');
    });
  }
});
