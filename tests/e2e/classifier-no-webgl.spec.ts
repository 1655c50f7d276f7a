import { expect, test } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../chromium.ts';

/** A browser with neither a GPU nor one played in software, in pages and workers alike. */
test.use({
  launchOptions: {
    executablePath: findChromium(),
    // Playwright's own wish for one.
    ignoreDefaultArgs: ['--enable-unsafe-swiftshader'],
    args: [
      ...CHROMIUM_FLAGS.filter((flag) => !/gpu|angle|swiftshader/.test(flag)),
      '--disable-gpu',
      '--disable-software-rasterizer',
    ],
  },
});

/** Software rendering on a busy machine. */
const PATIENCE = { timeout: 45_000 };

test('without WebGL2 the panel says so and offers the CPU', async ({ page }) => {
  await page.goto('./models/regnetx_002/');
  const panel = page.locator('[data-classifier]');
  await page.locator('[data-sample="espresso-coffee"]').click();
  await expect(panel).toHaveAttribute('data-state', 'error', PATIENCE);
  await expect(panel.getByRole('alert')).toHaveText(
    /^This browser offers no WebGL2.*hardware acceleration/,
  );
  await page.getByRole('button', { name: 'Run on the CPU (slow)' }).click();
  await expect(panel).toHaveAttribute('data-state', 'done', PATIENCE);
  await expect(panel).toHaveAttribute('data-backend', 'cpu');
  await expect(page.locator('[data-prediction]').first()).toHaveAttribute('data-label', 'espresso');
});
