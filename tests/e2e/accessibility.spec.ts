import { expectAccessible, expectReadable, KINDS, PAGES, scrollThrough } from './site.ts';
import { expect, test } from './test.ts';

test.use({ colorScheme: 'light', reducedMotion: 'reduce' });
for (const path of [...PAGES, './404.html']) {
  test(`axe finds nothing on ${path}, nor in dark colours`, async ({ page }) => {
    await page.goto(path, { waitUntil: 'networkidle' });
    await scrollThrough(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expectReadable(page);
  });
}

test.describe('dark', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  for (const path of KINDS) {
    test(`axe finds nothing on ${path} on a phone, with everything unfolded`, async ({ page }) => {
      await page.goto(path, { waitUntil: 'networkidle' });
      await scrollThrough(page);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await expectAccessible(page);
    });
  }
});
