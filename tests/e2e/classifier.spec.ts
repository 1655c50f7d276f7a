import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';
import golden from '../fixtures/weights/golden.regnetx_002.json' with { type: 'json' };
import { best, inState, panelOf, PATIENCE } from './panel.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';

const PAGE = './models/regnetx_002/';
/** Tiny-ImageNet's class of that name. */
const ESPRESSO = 193;
const WEIGHTS = '**/weights/*.safetensors';
const FIXTURES = 'tests/fixtures/weights';

const sample = (page: Page, name: string): Locator => page.locator(`[data-sample="${name}"]`);

const openPicture = (page: Page, file: Parameters<Locator['setInputFiles']>[0]) =>
  page.locator('[data-image-input]').setInputFiles(file);

/** The five rows as the attributes give them. */
const rows = (page: Page) =>
  page.locator('[data-prediction]').evaluateAll((elements) =>
    elements.map((element) => ({
      index: Number(element.getAttribute('data-class-index')),
      label: element.getAttribute('data-label'),
      probability: Number(element.getAttribute('data-probability')),
    })),
  );

test('a sample is classified, timed, and nothing leaves the page', async ({ page }) => {
  const found = complaints(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.goto(`${PAGE}?backend=webgl`);
  const panel = panelOf(page);
  await expect(panel).toHaveAttribute('data-state', 'idle');
  await expect(panel).toHaveAttribute('data-checkpoint', 'regnetx_002.tiny-imagenet-200');
  await expect(panel).toContainText('Your picture never leaves this page.');
  expect(requests.filter((url) => /weights|worker/.test(url))).toEqual([]);

  await sample(page, 'espresso-coffee').click();
  await inState(page, 'done');
  await expect(panel).toHaveAttribute('data-backend', 'webgl');
  const predictions = await rows(page);
  expect(predictions).toHaveLength(5);
  expect(predictions[0]?.label).toBe('espresso');
  expect(predictions).toEqual(predictions.toSorted((a, b) => b.probability - a.probability));
  for (const time of ['data-first-ms', 'data-median-ms'])
    expect(Number(await panel.locator(`[${time}]`).getAttribute(time))).toBeGreaterThan(0);
  await expect(panel.locator('canvas')).toHaveJSProperty('width', 128);
  expect(found).toEqual([]);
  const origin = new URL(page.url()).origin;
  expect(
    requests.filter(
      (request) => !request.startsWith(`GET ${origin}/`) && !request.includes('blob:'),
    ),
  ).toEqual([]);
});

test('an opened picture gives what PyTorch gives', async ({ page }) => {
  await page.goto(PAGE);
  for (const { image, probabilities, top5 } of golden.cases.slice(0, 2)) {
    await openPicture(page, `${FIXTURES}/${image}`);
    await expect(page.getByRole('img', { name: `${image}, cropped` })).toBeVisible(PATIENCE);
    const predictions = await rows(page);
    expect(predictions[0]?.index).toBe(top5[0]?.index);
    for (const { index, probability } of predictions)
      expect(Math.abs(probability - (probabilities[index] ?? NaN))).toBeLessThanOrEqual(5e-3);
  }
});

test('the address can name a sample', async ({ page }) => {
  await page.goto(`${PAGE}?image=uniform-grace-hopper`);
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'academic gown');
});

/** What a drag or the clipboard brings: a fixture under another name, of no known type. */
const transferOf = (page: Page, fixture: string, name: string) =>
  page.evaluateHandle(
    ([bytes, fileName]) => {
      const file = new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], fileName);
      const data = new DataTransfer();
      data.items.add(file);
      return data;
    },
    [readFileSync(`${FIXTURES}/${fixture}`, 'base64'), name] as const,
  );

test('pictures can be dropped and pasted', async ({ page }) => {
  await page.goto(PAGE);
  await expect(sample(page, 'cat-chelsea')).toBeEnabled();
  const transfer = (name: string) => transferOf(page, 'espresso-coffee.png', name);
  await panelOf(page).dispatchEvent('drop', { dataTransfer: await transfer('dropped.png') });
  await expect(page.getByRole('img', { name: 'dropped.png, cropped' })).toBeVisible(PATIENCE);
  await page.evaluate(
    (clipboardData) => {
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    },
    await transfer('pasted.png'),
  );
  await expect(page.getByRole('img', { name: 'pasted.png, cropped' })).toBeVisible(PATIENCE);
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
});

test('the latest of hasty clicks wins, and the weights are loaded once', async ({ page }) => {
  let downloads = 0;
  await page.route(WEIGHTS, async (route) => {
    downloads++;
    await route.continue();
  });
  await page.goto(PAGE);
  await sample(page, 'cat-chelsea').dblclick();
  await sample(page, 'rocket-launch').click();
  await sample(page, 'espresso-coffee').dblclick();
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
  expect(downloads).toBe(1);
});

test('bad files are answered with a sentence, and a good one works after each', async ({
  page,
}) => {
  await page.goto(PAGE);
  const huge = Buffer.from(readFileSync(`${FIXTURES}/espresso-coffee.png`));
  huge.writeUInt32BE(12_000, 16);
  const cases: [string, Buffer, string][] = [
    ['notes.txt', Buffer.from('no picture'), 'This file is not a picture.'],
    ['empty.png', Buffer.alloc(0), 'This file is empty.'],
    ['huge.png', huge, 'This picture measures 12,000 × 128 pixels'],
  ];
  for (const [name, buffer, sentence] of cases) {
    await openPicture(page, { name, mimeType: 'image/png', buffer });
    await inState(page, 'error');
    await expect(panelOf(page).getByRole('alert')).toContainText(sentence);
    await expect(page.locator('[data-prediction]')).toHaveCount(0);
    await openPicture(page, `${FIXTURES}/espresso-coffee.png`);
    await expect(best(page)).toHaveAttribute('data-label', 'espresso', PATIENCE);
    await expect(panelOf(page).getByRole('alert')).toHaveCount(0);
  }
});

test.describe('an interrupted download', () => {
  const interruptions: [string, (page: Page) => Promise<unknown>][] = [
    ['that never begins', (page) => page.route(WEIGHTS, (route) => route.abort('connectionreset'))],
    [
      'that ends too early',
      (page) =>
        page.route(WEIGHTS, async (route) => {
          const response = await route.fetch();
          const body = (await response.body()).subarray(0, 1_000_000);
          await route.fulfill({ status: 200, body });
        }),
    ],
    [
      'of a file that is gone',
      (page) => page.route(WEIGHTS, (route) => route.fulfill({ status: 404 })),
    ],
  ];
  for (const [name, interrupt] of interruptions)
    test(`${name} is told, and the next try works`, async ({ page }) => {
      await interrupt(page);
      await page.goto(PAGE);
      await sample(page, 'espresso-coffee').click();
      await inState(page, 'error');
      await expect(panelOf(page).getByRole('alert')).toHaveText(/weights .*[Tt]ry again/);
      await page.unroute(WEIGHTS);
      await page.getByRole('button', { name: 'Try again' }).click();
      await inState(page, 'done');
      await expect(best(page)).toHaveAttribute('data-label', 'espresso');
    });
});

test('without workers that draw it runs on the page’s thread, and survives a lost GPU', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'OffscreenCanvas');
    const contexts: WebGL2RenderingContext[] = [];
    Object.assign(window, { contexts });
    const { prototype } = HTMLCanvasElement;
    const original = Reflect.get(prototype, 'getContext') as (...a: unknown[]) => unknown;
    Reflect.set(prototype, 'getContext', function (this: unknown, ...rest: unknown[]) {
      const context = original.apply(this, rest);
      if (context instanceof WebGL2RenderingContext) contexts.push(context);
      return context;
    });
  });
  await page.goto(`${PAGE}?backend=webgl`);
  await sample(page, 'espresso-coffee').click();
  await inState(page, 'done');
  await page.evaluate(() => {
    const { contexts } = window as unknown as { contexts: WebGL2RenderingContext[] };
    contexts.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await sample(page, 'rocket-launch').click();
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'obelisk');
});

test('a checkpoint of one’s own runs where none ships, and a wrong file is told', async ({
  page,
}) => {
  await page.goto('./models/regnetx_320/');
  const panel = panelOf(page);
  await expect(panel).toContainText('No weights of RegNetX-32GF ship with this site yet.');
  await expect(sample(page, 'espresso-coffee')).toBeHidden();
  const input = page.locator('[data-checkpoint-input]');
  await input.setInputFiles('README.md');
  await inState(page, 'error');
  await expect(panel.getByRole('alert')).not.toBeEmpty();
  await input.setInputFiles(`${FIXTURES}/regnetx_002.tiny-imagenet-200.pth`);
  await inState(page, 'ready');
  await expect(panel).toHaveAttribute('data-checkpoint', 'local');
  await expect(panel).toContainText('RegNetX-200MF (its page), 200 classes');
  await sample(page, 'espresso-coffee').click();
  await inState(page, 'done');
  // The file does not name its classes: 200 are not Tiny-ImageNet's by themselves.
  await expect(best(page)).toHaveAttribute('data-label', `class ${ESPRESSO}`);
});

test('a checkpoint is known among dropped files, whatever its name, and asks what it cannot tell', async ({
  page,
}) => {
  await page.goto('./models/regnetx_320/');
  const panel = panelOf(page);
  await expect(page.locator('[data-checkpoint-input]')).toBeEnabled();
  const drop = async (fixture: string, name: string) => {
    await panel.dispatchEvent('drop', { dataTransfer: await transferOf(page, fixture, name) });
  };
  await drop('espresso-coffee.png', 'first.png');
  await inState(page, 'error');
  await expect(panel.getByRole('alert')).toContainText('No weights are chosen yet');

  // The picture waits for weights.
  await drop('regnetx_002.tiny-imagenet-200.pth', 'nameless');
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', `class ${ESPRESSO}`);
  await expect(panel).toHaveAttribute('data-checkpoint', 'local');
  await expect(panel).toContainText('RegNetX-200MF (its page)');
  await expect(panel).toContainText('It does not describe its preprocessing');
  await expect(panel.locator('canvas')).toHaveJSProperty('width', 224);

  await panel.getByText('Change how it is used').click();
  await panel.locator('select[name=labels]').selectOption('tiny-imagenet-200');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso', PATIENCE);
  await inState(page, 'done');
  await panel.locator('input[name=resize]').fill('160');
  await panel.locator('input[name=crop]').fill('160');
  await page.keyboard.press('Tab');
  await expect(panel.locator('canvas')).toHaveJSProperty('width', 160, PATIENCE);
  await inState(page, 'done');
  await expect(panel).toContainText('As you set it: shorter side to 160 px');
  await expectAccessibleInBothThemes(page, '[data-classifier]');
  const rgb = await best(page).getAttribute('data-probability');
  await panel.getByRole('radio', { name: 'BGR' }).check();
  await expect(best(page)).not.toHaveAttribute('data-probability', rgb ?? '', PATIENCE);

  await drop('golden.regnetx_002.json', 'notes.pth');
  await inState(page, 'error');
  await expect(panel.getByRole('alert')).toContainText('The file is a JSON text');
});

test('nothing on the page moves from the first paint to the result', async ({ page }) => {
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        sources: { node: Node | null }[];
      })[])
        for (const { node } of entry.sources)
          if (node instanceof Element && node.closest('[data-panel]') !== null)
            moved.push(node.outerHTML.slice(0, 100));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(PAGE);
  await sample(page, 'espresso-coffee').click();
  await inState(page, 'done');
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the panel says what it would do', async ({ page }) => {
    await page.goto(PAGE);
    // Playwright's own matchers pass over the text of a noscript element.
    const told = panelOf(page).evaluate((element: HTMLElement) => element.innerText);
    expect(await told).toContain('Classifying needs JavaScript');
    await expect(panelOf(page)).toContainText('not the ImageNet-1k network');
    await expect(sample(page, 'cat-chelsea')).toBeHidden();
  });
});
