import { expect, test } from './test.ts';
import { CHROMIUM_FLAGS, findChromium } from '../browsers/chromium.ts';
import { best, inState, panelOf } from './panel.ts';

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

test('without WebGL2 WebAssembly runs, and asked for WebGL the panel says why not', async ({
  page,
}) => {
  await page.goto('./models/regnetx_002/');
  const panel = panelOf(page);
  await page.locator('[data-sample="espresso-coffee"]').click();
  await inState(page, 'done');
  await expect(panel).toHaveAttribute('data-backend', 'wasm');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
  await page.getByLabel('Runs on').selectOption('webgl');
  await inState(page, 'error');
  await expect(panel.getByRole('alert')).toHaveText(
    /^This browser offers no WebGL2.*hardware acceleration/,
  );
  await page.getByRole('button', { name: 'Run on WebAssembly' }).click();
  await inState(page, 'done');
  await expect(panel).toHaveAttribute('data-backend', 'wasm');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
});
