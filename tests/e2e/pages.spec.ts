import { gzipSync } from 'node:zlib';
import { expect, test } from './test.ts';
import { models } from '../../src/zoo/models.ts';
import { complaints, MODEL_PAGES, PAGES, scrollThrough } from './site.ts';

/** What a model page may send before the classifier is asked for, in bytes after gzip. */
const SCRIPT_BUDGET = 120 * 1024;

for (const path of PAGES) {
  for (const width of [1280, 360]) {
    test(`${path} at ${width} px: no errors, no sideways scroll, no shift on hydration`, async ({
      page,
    }) => {
      const errors = complaints(page);
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path, { waitUntil: 'networkidle' });
      await scrollThrough(page);
      expect(errors).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      const shifts = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              const entries = list.getEntries() as (PerformanceEntry & { value: number })[];
              resolve(entries.reduce((sum, { value }) => sum + value, 0));
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => {
              resolve(0);
            }, 300);
          }),
      );
      expect(shifts).toBeLessThan(0.001);
    });
  }
}

for (const path of MODEL_PAGES) {
  test(`${path} sends at most 120 KB of JavaScript`, async ({ page }) => {
    const scripts = new Map<string, number>();
    page.on('response', async (response) => {
      if (response.request().resourceType() === 'script')
        scripts.set(response.url(), gzipSync(await response.body()).length);
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    await scrollThrough(page);
    const inline = await page.evaluate(() =>
      [...document.querySelectorAll('script:not([src])')].map((s) => s.textContent).join('\n'),
    );
    const total = [...scripts.values()].reduce((a, b) => a + b, 0) + gzipSync(inline).length;
    expect(scripts.size).toBeGreaterThan(0);
    expect(total).toBeLessThan(SCRIPT_BUDGET);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const { id, name, aliases } of models) {
    test(`${name} is complete`, async ({ page }) => {
      await page.goto(`./models/${id}/`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      for (const alias of aliases) await expect(page.locator('main')).toContainText(alias);
      for (const panel of ['stage-widths', 'flops', 'accuracy']) {
        const section = page.locator(`[data-panel="${panel}"]`);
        await expect(section.locator('svg').first()).toBeVisible();
        expect(await section.locator('table').count()).toBeGreaterThan(0);
      }
      await expect(page.locator('[data-panel="classifier"] noscript')).toBeAttached();
      const live = page.locator('main button:enabled:visible:not([popovertarget])');
      expect(await live.evaluateAll((buttons) => buttons.map((b) => b.outerHTML))).toEqual([]);
    });
  }
});
