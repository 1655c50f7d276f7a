/** No column is cut off without a way to reach it, and hashes can be taken whole. */
import type { Page } from '@playwright/test';
import { KINDS, scrollThrough } from './site.ts';
import { expect, test } from './test.ts';

const WIDTHS = [1280, 1024, 768, 360];

test.describe('at every width', () => {
  test.use({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  for (const path of KINDS) {
    test(`tables of ${path} fit or scroll`, async ({ page }) => {
      await page.goto(path);
      await scrollThrough(page);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await expect(() => expectTablesInReach(page)).toPass({ timeout: 5000 });
      }
    });
  }
});

async function expectTablesInReach(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const across = document.documentElement.scrollWidth - innerWidth;
    const cut = [...document.querySelectorAll('table')].filter((table) => {
      const box = table.closest('.rx-scroll') ?? table.parentElement ?? table;
      const widest = Math.max(table.scrollWidth, table.getBoundingClientRect().width);
      return widest > box.clientWidth + 1 && !box.matches('.rx-scroll');
    });
    return { across, cut: cut.map(({ textContent }) => textContent.slice(0, 60)) };
  });
  expect(found).toEqual({ across: 0, cut: [] });
  // What scrolls is a stop for the keyboard, has a name and shows it at its edge; and only that.
  const boxes = await page.locator('.rx-scroll:visible').evaluateAll((all) =>
    all.map((box) => ({
      name: box.getAttribute('aria-label'),
      scrolls: box.scrollWidth > box.clientWidth,
      stop: box instanceof HTMLElement && box.tabIndex === 0,
      hint: getComputedStyle(box).backgroundAttachment,
      ways: getComputedStyle(box).overflowX,
    })),
  );
  for (const { name, scrolls, stop, hint, ways } of boxes) {
    expect(name).toBeTruthy();
    expect(stop || !scrolls, name ?? '').toBe(true);
    expect(ways).toBe('auto');
    expect(hint).toBe('local, local, scroll, scroll');
  }
}

test('a table that is cut off scrolls by keyboard to its last column', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('./models/regnetx_002/');
  const box = page.getByRole('group', { name: 'Checkpoints' });
  await box.focus();
  const beyond = () => box.evaluate((e) => e.scrollWidth - e.clientWidth - e.scrollLeft);
  expect(await beyond()).toBeGreaterThan(50);
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    expect(await beyond()).toBeLessThan(1);
  }).toPass();
});

test('a box without anything to scroll is no stop for the keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('./models/regnetx_002/');
  await expect(page.getByRole('group', { name: 'Training settings' })).toHaveJSProperty(
    'tabIndex',
    -1,
  );
});

test.describe('hashes', () => {
  test('are copied whole by keyboard', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('./models/regnetx_002/');
    const button = page.locator('button[data-hash]').first();
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(button).toContainText('Copied');
    const hash = await page.locator('code.hash').first().textContent();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(hash);
  });

  test('are selected whole where the clipboard is closed', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.goto('./models/regnetx_002/');
    const button = page.locator('button[data-hash]').first();
    await button.click();
    await expect(button).toContainText('Selected');
    const hash = await page.locator('code.hash').first().textContent();
    expect(await page.evaluate(() => String(getSelection()))).toBe(hash);
  });

  test('are there in full without JavaScript', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
    const page = await context.newPage();
    await page.goto('./models/regnetx_002/');
    await expect(page.locator('code.hash').first()).toHaveText(/^[0-9a-f]{64}$/);
    await expect(page.locator('button[data-hash]').first()).toBeHidden();
    await context.close();
  });
});
