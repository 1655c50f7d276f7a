/** A browser that lets sites store nothing, as a visitor can choose in its settings. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../browsers/chromium.ts';
import { complaints, PAGES, scrollThrough } from './site.ts';
import { expect, test as base } from './test.ts';

/** Chromium’s “block all cookies”, which blocks all that sites store: every access throws. */
const BLOCK = { profile: { default_content_setting_values: { cookies: 2 } } };

const test = base.extend({
  context: async ({ baseURL, colorScheme }, use) => {
    const profile = await mkdtemp(path.join(tmpdir(), 'regnetx-profile-'));
    await mkdir(path.join(profile, 'Default'));
    await writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(BLOCK));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium(),
      args: CHROMIUM_FLAGS,
      ...(baseURL !== undefined && { baseURL }),
      colorScheme,
    });
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },
  page: async ({ context }, use) => {
    await use(await context.newPage());
  },
});

const themeOf = (page: Page) => page.locator('html');

test('no page complains', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('./', { waitUntil: 'networkidle' });
  // The setting holds: the page has a stand-in for `localStorage`, not for this.
  const refusal = page.evaluate(() =>
    caches.keys().catch((error: unknown) => (error instanceof Error ? error.name : null)),
  );
  expect(await refusal).toBe('SecurityError');
  const errors = complaints(page);
  for (const address of [...PAGES, './404.html']) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await scrollThrough(page);
    expect([address, ...errors]).toEqual([address]);
  }
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in a ${colorScheme} system`, () => {
    test.use({ colorScheme });

    test('the theme follows the system, and can be switched for the page', async ({ page }) => {
      const errors = complaints(page);
      await page.goto('./guides/counts/');
      const other = colorScheme === 'light' ? 'dark' : 'light';
      const select = page.locator('header starlight-theme-select select');
      await expect(select).toHaveValue('auto');
      await expect(themeOf(page)).toHaveAttribute('data-theme', colorScheme);
      await page.emulateMedia({ colorScheme: other });
      await expect(themeOf(page)).toHaveAttribute('data-theme', other);
      await select.selectOption(colorScheme);
      await expect(themeOf(page)).toHaveAttribute('data-theme', colorScheme);
      // The choice, not the system, counts now.
      await page.emulateMedia({ colorScheme });
      await page.emulateMedia({ colorScheme: other });
      await expect(themeOf(page)).toHaveAttribute('data-theme', colorScheme);
      await page.getByRole('switch', { name: 'FLOPs (2x)' }).first().check();
      await expect(themeOf(page)).toHaveAttribute('data-flops', '2x');
      expect(errors).toEqual([]);
    });
  });

test('the classifier answers, and tabs can be chosen', async ({ page }) => {
  const errors = complaints(page);
  await page.goto('./models/regnetx_002/');
  await page.getByRole('tab', { name: 'pycls' }).click();
  await page.locator('[data-sample="espresso-coffee"]').click();
  await expect(page.locator('[data-classifier]')).toHaveAttribute('data-state', 'done', {
    timeout: 60_000,
  });
  expect(errors).toEqual([]);
});
