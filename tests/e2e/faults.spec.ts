/** What fails on the way to an answer is noticed, said in a sentence, and gone after one click. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import golden from '../fixtures/weights/golden.regnetx_002.json' with { type: 'json' };
import { best, inState, panelOf, PATIENCE } from './panel.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';
import { expect, test } from './test.ts';

const PAGE = './models/regnetx_002/';
const WEIGHTS = '**/weights/*.safetensors';
const GOLDEN = '**/golden/*.json';
const FIXTURES = 'tests/fixtures/weights';

const ESPRESSO = golden.cases.find(({ image }) => image.startsWith('espresso'))?.top5[0]?.index;

const alertIn = (page: Page) => panelOf(page).getByRole('alert');
const espresso = (page: Page) => page.locator('[data-sample="espresso-coffee"]').click();

test.describe('a worker that dies without a word', () => {
  const killWorkers = (page: Page) =>
    Promise.all(
      page.workers().map((worker) =>
        worker
          .evaluate(() => {
            self.close();
          })
          .catch(() => undefined),
      ),
    );

  test('while nobody asks, and again', async ({ page }) => {
    await page.goto(PAGE);
    await espresso(page);
    await inState(page, 'done');
    for (let round = 0; round < 2; round++) {
      await killWorkers(page);
      await expect(alertIn(page)).toContainText('The browser ended the part of this page', {
        timeout: 5000,
      });
      await expect(panelOf(page)).toHaveAttribute('data-state', 'error');
      await page.getByRole('button', { name: 'Try again' }).click();
      await inState(page, 'done');
      await expect(best(page)).toHaveAttribute('data-label', 'espresso');
    }
  });

  test('while it computes, with a file of one’s own', async ({ page }) => {
    await page.goto(`${PAGE}?backend=cpu`);
    await page
      .locator('[data-checkpoint-input]')
      .setInputFiles(`${FIXTURES}/regnetx_002.tiny-imagenet-200.pth`);
    await inState(page, 'ready');
    await espresso(page);
    await inState(page, 'running');
    await killWorkers(page);
    await expect(alertIn(page)).toContainText('The browser ended the part', { timeout: 10_000 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await inState(page, 'done');
    await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'local');
    // The file does not name its classes.
    await expect(best(page)).toHaveAttribute('data-class-index', String(ESPRESSO));
  });
});

test('weights that do not come are noticed, and can be stopped', async ({ page }) => {
  await page.route(WEIGHTS, () => undefined);
  await page.goto(PAGE);
  await espresso(page);
  await expect(panelOf(page)).toContainText('Nothing has arrived for some seconds.', {
    timeout: 15_000,
  });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await inState(page, 'idle');

  await espresso(page);
  await inState(page, 'error');
  await expect(alertIn(page)).toHaveText(
    'The weights could not be loaded: the server did not answer. Try again later.',
  );
  await page.unroute(WEIGHTS);
  await page.getByRole('button', { name: 'Try again' }).click();
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
});

test('a web page in place of the weights is told as such', async ({ page }) => {
  await page.route(WEIGHTS, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Sign in</title>' }),
  );
  await page.goto(PAGE);
  await espresso(page);
  await inState(page, 'error');
  await expect(alertIn(page)).toHaveText(/sent a web page instead.*sign in.*reload the page/);
  await page.unroute(WEIGHTS);
  await page.getByRole('button', { name: 'Try again' }).click();
  await inState(page, 'done');
});

for (const [what, chunk] of [
  ['the page', /\/_astro\/client\.[\w-]+\.js$/],
  ['its worker', /\/_astro\/(assets\/)?worker[\w.-]*\.js$/],
  ['what the worker loads later', /\/_astro\/(assets\/)?wasm[\w.-]*\.js$/],
] as const)
  test(`code of ${what} that a newer deployment does not have: reload`, async ({ page }) => {
    let asked = 0;
    await page.route(chunk, (route) => {
      asked++;
      return route.fulfill({ status: 404 });
    });
    await page.goto(PAGE);
    await espresso(page);
    await inState(page, 'error');
    await expect(alertIn(page)).toContainText(/reload the page/i);
    expect(asked).toBeGreaterThan(0);
    await page.unroute(chunk);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await inState(page, 'idle');
    await espresso(page);
    await inState(page, 'done');
  });

test.describe('a dropped file', () => {
  const dropOn = async (page: Page, where: string, name: string, type: string, text?: string) => {
    const content = text === undefined ? null : btoa(text);
    const bytes = content ?? readFileSync(`${FIXTURES}/espresso-coffee.png`, 'base64');
    return page.evaluate(
      ([selector, base64, fileName, fileType]) => {
        const file = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], fileName, {
          type: fileType,
        });
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file);
        const init = { dataTransfer, bubbles: true, cancelable: true };
        const target = document.querySelector(selector) ?? document.body;
        // False where the page keeps the browser from opening the file.
        return ['dragover', 'drop'].map((kind) => target.dispatchEvent(new DragEvent(kind, init)));
      },
      [where, bytes, name, type] as const,
    );
  };

  test('is taken beside the panel, and never opened in the page’s place', async ({ page }) => {
    await page.goto(PAGE);
    await expect(page.locator('[data-sample]').first()).toBeEnabled();
    expect(await dropOn(page, 'h1', 'beside.png', 'image/png')).toEqual([false, false]);
    await expect(page.getByRole('img', { name: 'beside.png, cropped' })).toBeVisible(PATIENCE);
    await expect(best(page)).toHaveAttribute('data-label', 'espresso');
    expect(await dropOn(page, 'footer', 'notes.txt', 'text/plain', 'no')).toEqual([false, false]);
    await expect(alertIn(page)).toContainText('This file is not a picture.', PATIENCE);
  });

  test('is held off the checkpoint page as well', async ({ page }) => {
    await page.goto('./checkpoint/');
    await expect(page.locator('[data-checkpoint-input]')).toBeEnabled();
    expect(await dropOn(page, 'h1', 'notes.txt', 'text/plain', 'no')).toEqual([false, false]);
    await expect(alertIn(page)).not.toBeEmpty(PATIENCE);
  });
});

test.describe('drawings (SVG)', () => {
  const photograph = readFileSync(`${FIXTURES}/espresso-coffee.png`, 'base64');
  const image = `<image width="128" height="128" href="data:image/png;base64,${photograph}"/>`;
  const open = (page: Page, name: string, text: string) =>
    page.locator('[data-image-input]').setInputFiles({
      name,
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(text),
    });

  test('are drawn, whatever tells their size; nothing in them runs or is loaded', async ({
    page,
  }) => {
    const found = complaints(page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(PAGE);
    const hostile =
      '<script>parent.document.title="run"</script><image href="https://example.org/spy.png"/>';
    for (const [name, attributes] of [
      ['sized.svg', 'width="128" height="128"'],
      ['boxed.svg', 'viewBox="0 0 128 128"'],
      ['millimetres.svg', 'width="40mm" height="40mm" viewBox="0 0 128 128"'],
      ['whole.svg', 'width="100%" height="100%" viewBox="0 0 128 128"'],
    ] as const) {
      await open(
        page,
        name,
        `<?xml version="1.0"?><!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg" style="color: red" ${attributes}>${image}${hostile}</svg>`,
      );
      await expect(page.getByRole('img', { name: `${name}, cropped` })).toBeVisible(PATIENCE);
      await expect(best(page)).toHaveAttribute('data-label', 'espresso');
    }
    expect(await page.title()).not.toBe('run');
    expect(requests.filter((url) => url.includes('example.org'))).toEqual([]);
    expect(found).toEqual([]);
  });

  test('that are damaged or empty are told so', async ({ page }) => {
    await page.goto(PAGE);
    await open(page, 'cut.svg', `<svg xmlns="http://www.w3.org/2000/svg"><g>`);
    await expect(alertIn(page)).toContainText('This SVG file is damaged', PATIENCE);
    await open(page, 'flat.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>');
    await expect(alertIn(page)).toContainText('has no pixels', PATIENCE);
  });
});

test('a picture that this browser cannot decode is called by its name', async ({ page }) => {
  await page.goto(PAGE);
  const heic = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(64),
  ]);
  await page
    .locator('[data-image-input]')
    .setInputFiles({ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: heic });
  await expect(alertIn(page)).toHaveText(
    'This browser cannot decode HEIC files. Save it as JPEG or PNG and try again.',
    PATIENCE,
  );
});

test.describe('the check of the device', () => {
  /** Counts answers as they appear, with whether they were marked. */
  const watchAnswers = (page: Page) =>
    page.addInitScript(() => {
      const seen: boolean[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const list = document.querySelector('.predictions');
        if (list) seen.push(list.hasAttribute('data-unchecked'));
      }).observe(document, { childList: true, subtree: true });
    });
  const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: boolean[] }).seen);

  test('comes before the first answer', async ({ page }) => {
    await watchAnswers(page);
    await page.route(GOLDEN, async (route) => {
      const stored = (await (await route.fetch()).json()) as { probabilities: number[] };
      await route.fulfill({
        json: { ...stored, probabilities: stored.probabilities.map(() => 0.5) },
      });
    });
    await page.goto(PAGE);
    await espresso(page);
    await inState(page, 'error');
    await expect(alertIn(page)).toContainText('comes out wrong on this device');
    expect((await seen(page)).filter((marked) => !marked)).toEqual([]);
  });

  test('that takes long leaves the answer marked until it is done', async ({ page }) => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(GOLDEN, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(PAGE);
    await espresso(page);
    await expect(best(page)).toHaveAttribute('data-label', 'espresso', PATIENCE);
    await expect(page.locator('.predictions')).toHaveAttribute('data-unchecked', '');
    await expect(panelOf(page)).toContainText('This answer is not checked yet.');
    await expectAccessibleInBothThemes(page, '[data-classifier]');
    letGo();
    await inState(page, 'done');
    await expect(page.locator('.predictions')).not.toHaveAttribute('data-unchecked', '');
    await expect(page.locator('[data-parity]')).toBeVisible();
  });
});
