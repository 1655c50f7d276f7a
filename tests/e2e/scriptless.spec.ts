/** Without JavaScript: the theme is the system's, and nothing is shown that would not answer. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { MODEL_PAGES, PAGES } from './site.ts';
import { expect, test } from './test.ts';

/** One page of each kind: the pages of models differ in what ships for them. */
const KINDS = [
  ...PAGES.filter((path) => !MODEL_PAGES.includes(path)),
  './models/regnetx_002/',
  './models/regnetx_004/',
  './404.html',
];
const GROUNDS = { light: 'rgb(253, 253, 251)', dark: 'rgb(20, 22, 28)' };
const SCHEMES = ['light', 'dark'] as const;

/** Everything that looks as if it could be used, but for what the browser answers by itself. */
const CONTROLS = [
  ...['button:not([popovertarget])', 'input', 'select', 'textarea', 'label', 'progress', 'dialog'],
  ...['tab', 'slider', 'switch', 'checkbox', 'radio', 'button'].map((role) => `[role="${role}"]`),
]
  .map((selector) => `${selector}:visible`)
  .join(', ');

const groundOf = (page: Page) =>
  page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const path of KINDS)
    test(`${path} has the system’s theme and no dead control`, async ({ page }) => {
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(path);
          expect(await groundOf(page)).toBe(GROUNDS[colorScheme]);
          const dead = page.locator(CONTROLS);
          // The family's scale is switched by the style sheet alone.
          const told = await dead.evaluateAll((all) =>
            all.filter((one) => one.closest('.scale') === null).map((one) => one.outerHTML),
          );
          expect(told).toEqual([]);
          const overflow = await page
            .locator('html')
            .evaluate((root) => root.scrollWidth - root.clientWidth);
          expect(overflow).toBeLessThanOrEqual(0);
        }
      }
    });

  test('the family is drawn on one scale or on many', async ({ page }) => {
    await page.goto('./');
    const bars = page.locator('.family .outline g').first();
    const scaled = () => bars.evaluate((one) => getComputedStyle(one).transform);
    const before = await scaled();
    await page.locator('.scale [value="common"]').check({ force: true });
    await expect.poll(scaled).not.toBe(before);
  });

  test('code stands in all its variants', async ({ page }) => {
    await page.goto('./models/regnetx_004/');
    const panels = page.locator('starlight-tabs [role="tabpanel"]');
    await expect(panels).toHaveCount(6);
    for (const panel of await panels.all()) await expect(panel).toBeVisible();
  });
});

test.describe('before any script has run', () => {
  for (const colorScheme of SCHEMES)
    for (const path of ['./', './models/regnetx_002/', './guides/counts/', './checkpoint/'])
      test(`the ${colorScheme} theme of ${path} can be read`, async ({ page, violations }) => {
        // The page’s own scripts only: axe must run.
        await page.route(/\/regnetx\/[^?]*$/, async (route) => {
          if (route.request().resourceType() !== 'document') return route.continue();
          const response = await route.fetch();
          const html = (await response.text()).replace(/script-src [^;]*/, "script-src 'none'");
          return route.fulfill({ response, body: html });
        });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(path);
        await expect(page.locator('html')).not.toHaveAttribute('data-theme');
        expect(await groundOf(page)).toBe(GROUNDS[colorScheme]);
        const axe = new AxeBuilder({ page }).withRules(['color-contrast']);
        expect((await axe.analyze()).violations).toEqual([]);
        violations.splice(0);
      });
});
