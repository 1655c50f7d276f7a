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

test('without WebGL2 WebAssembly runs, and asked for WebGL the panel says why not', async ({
  page,
}) => {
  await page.goto('./models/regnetx_002/');
  const panel = page.locator('[data-classifier]');
  const best = page.locator('[data-prediction]').first();
  await page.locator('[data-sample="espresso-coffee"]').click();
  await expect(panel).toHaveAttribute('data-state', 'done', PATIENCE);
  await expect(panel).toHaveAttribute('data-backend', 'wasm');
  await expect(best).toHaveAttribute('data-label', 'espresso');
  await page.getByLabel('Runs on').selectOption('webgl');
  await expect(panel).toHaveAttribute('data-state', 'error', PATIENCE);
  await expect(panel.getByRole('alert')).toHaveText(
    /^This browser offers no WebGL2.*hardware acceleration/,
  );
  await page.getByRole('button', { name: 'Run on WebAssembly' }).click();
  await expect(panel).toHaveAttribute('data-state', 'done', PATIENCE);
  await expect(panel).toHaveAttribute('data-backend', 'wasm');
  await expect(best).toHaveAttribute('data-label', 'espresso');
});
