/** The panel computes with what is quickest on this device, says why, and remembers who chose otherwise. */
import type { Page } from '@playwright/test';
import { best, inState, panelOf } from './panel.ts';
import { expect, test } from './test.ts';

const PAGE = './models/regnetx_002/';

const espresso = (page: Page) => page.locator('[data-sample="espresso-coffee"]').click();
const runs = (page: Page, backend: string) =>
  expect(panelOf(page)).toHaveAttribute('data-backend', backend);

test('where WebGL is software, WebAssembly computes from the start', async ({ page }) => {
  await page.goto(PAGE);
  await espresso(page);
  await inState(page, 'done');
  await runs(page, 'wasm');
  await expect(panelOf(page).locator('[data-because]')).toContainText(
    'WebGL is rendered in software here, so WebAssembly computes',
  );
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
});

test('the address decides, together with a picture', async ({ page }) => {
  for (const backend of ['cpu', 'wasm', 'webgl']) {
    await page.goto(`${PAGE}?image=espresso-coffee&backend=${backend}`);
    await inState(page, 'done');
    await runs(page, backend);
    await expect(best(page)).toHaveAttribute('data-label', 'espresso');
  }
  // That was no choice for later, and what does not exist is no choice at all.
  await page.goto(`${PAGE}?image=espresso-coffee&backend=abacus`);
  await inState(page, 'done');
  await runs(page, 'wasm');
});

test('the visitor’s own choice is remembered, until the page may choose again', async ({
  page,
}) => {
  await page.goto(PAGE);
  const choice = page.locator('[data-way]');
  await choice.selectOption('webgl');
  await page.goto('./models/regnetx_004/');
  await expect(choice).toHaveValue('webgl');
  await page.goto(PAGE);
  await espresso(page);
  await inState(page, 'done');
  await runs(page, 'webgl');
  await page.getByRole('button', { name: 'Let the page choose' }).click();
  await inState(page, 'done');
  await runs(page, 'wasm');
  await page.reload();
  await espresso(page);
  await inState(page, 'done');
  await runs(page, 'wasm');
});

test('where nothing can be remembered, everything works all the same', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    });
  });
  await page.goto(PAGE);
  await page.locator('[data-way]').selectOption('webgl');
  await espresso(page);
  await inState(page, 'done');
  await runs(page, 'webgl');
});

test('a graphics processor that is slower in a trial gives way, once and for all', async ({
  page,
}) => {
  // The same software under a name of hardware.
  await page.route(/\/_astro\/.*worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    const mask = `(() => {
      const { prototype } = WebGL2RenderingContext;
      const original = prototype.getParameter;
      prototype.getParameter = function (name) {
        return name === 0x9246 ? 'ANGLE (Some, Graphics Card, OpenGL)' : original.call(this, name);
      };
    })();`;
    await route.fulfill({ response, body: `${mask}${await response.text()}` });
  });
  const opened: string[] = [];
  page.on('worker', (worker) => opened.push(worker.url()));
  await page.goto(PAGE);
  await espresso(page);
  await inState(page, 'done');
  await runs(page, 'wasm');
  await expect(panelOf(page).locator('[data-because]')).toHaveText(
    /^WebAssembly computes: in a trial on this device it took [\d.]+ ms, WebGL [\d.]+ ms\.$/,
  );
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
  expect(opened.length).toBeGreaterThan(1);
  await page.reload();
  opened.length = 0;
  await espresso(page);
  await inState(page, 'done');
  await runs(page, 'wasm');
  expect(opened.filter((url) => url.includes('/worker'))).toHaveLength(1);
});
