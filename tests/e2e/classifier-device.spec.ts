/** What the panel does about the device: checks it, lets one choose, times it, survives its loss. */
import type { Locator, Page, Worker } from '@playwright/test';
import { expect, test } from './test.ts';
import { best, inState, panelOf, PATIENCE } from './panel.ts';
import { fixedWork } from './processor.ts';
import { expectAccessibleInBothThemes } from './site.ts';

/** WebGL, whoever renders it. */
const PAGE = './models/regnetx_002/?backend=webgl';
const WEIGHTS = '**/weights/*.safetensors';
const GOLDEN = '**/golden/*.json';

const choice = (page: Page): Locator => page.getByLabel('Runs on');

async function classifyEspresso(page: Page): Promise<void> {
  await page.locator('[data-sample="espresso-coffee"]').click();
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
}

test('this device is compared with PyTorch, and tells what it holds', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(PAGE);
  await expect(choice(page)).toBeEnabled();
  expect(requests.filter((url) => url.includes('golden'))).toEqual([]);
  await classifyEspresso(page);
  const parity = page.locator('[data-parity]');
  await expect(parity).toHaveAttribute('data-parity-reference', 'pytorch');
  await expect(parity).toContainText(/Matches PyTorch to \d(\.\d)?\s×\s10⁻⁴ on this device/);
  expect(Number(await parity.getAttribute('data-parity'))).toBeLessThan(5e-4);
  const bytes = page.locator('[data-gpu-bytes]');
  expect(Number(await bytes.getAttribute('data-gpu-bytes'))).toBeGreaterThan(9e6);
  await expect(panelOf(page)).toContainText('WebGL is rendered in software here');
});

test('weights without stored numbers are compared with plain loops', async ({ page }) => {
  await page.goto('./models/regnetx_320/');
  await page
    .locator('[data-checkpoint-input]')
    .setInputFiles('tests/fixtures/weights/regnetx_002.tiny-imagenet-200.pth');
  const parity = page.locator('[data-parity]');
  await expect(parity).toHaveAttribute('data-parity-reference', 'cpu', PATIENCE);
  expect(Number(await parity.getAttribute('data-parity'))).toBeLessThan(1e-5);
});

test('a device that is wrong predicts nothing, and another way is offered', async ({ page }) => {
  await page.route(GOLDEN, async (route) => {
    const stored = (await (await route.fetch()).json()) as { probabilities: number[] };
    await route.fulfill({
      json: { ...stored, probabilities: stored.probabilities.map(() => 0.5) },
    });
  });
  await page.goto(PAGE);
  await page.locator('[data-sample="espresso-coffee"]').click();
  await inState(page, 'error');
  await expect(panelOf(page).getByRole('alert')).toHaveText(
    /^This network comes out wrong on this device: .* from PyTorch’s by 0\.5/,
  );
  await expect(page.locator('[data-prediction]')).toHaveCount(0);
  // Nor does it predict the next picture.
  await page.locator('[data-sample="rocket-launch"]').click();
  await inState(page, 'error');
  await page.unroute(GOLDEN);
  await page.getByRole('button', { name: 'Run on WebAssembly' }).click();
  await inState(page, 'done');
  await expect(panelOf(page)).toHaveAttribute('data-backend', 'wasm');
  await expect(best(page)).toHaveAttribute('data-label', 'obelisk');
});

test('one chooses what computes, before and after, from the keyboard', async ({ page }) => {
  const downloads: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/weights/')) downloads.push(request.url());
  });
  await page.goto(PAGE);
  await expect(choice(page)).toBeEnabled();
  await choice(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(choice(page)).toHaveValue('webgl-float16');
  await expect(panelOf(page)).toHaveAttribute('data-state', 'idle');
  expect(downloads).toEqual([]);
  await classifyEspresso(page);
  await expect(choice(page)).toHaveAttribute('data-way', 'webgl-float16');
  const half = Number(await page.locator('[data-gpu-bytes]').getAttribute('data-gpu-bytes'));
  expect(half).toBeLessThan(7e6);
  await page.getByRole('button', { name: 'WebAssembly' }).click();
  await inState(page, 'done');
  await expect(panelOf(page)).toHaveAttribute('data-backend', 'wasm');
  await expect(page.locator('[data-parity]')).toBeVisible();
  await choice(page).selectOption('cpu');
  await expect(panelOf(page)).toHaveAttribute('data-backend', 'cpu');
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
});

test('the time of each stage stands beside its multiply-adds', async ({ page }) => {
  await page.goto(PAGE);
  await classifyEspresso(page);
  await page.getByRole('button', { name: 'Time each stage' }).click();
  const rows = page.locator('[data-stage-time]');
  await expect(rows).toHaveText(
    [/^Stem/, /^Stage 1/, /^Stage 2/, /^Stage 3/, /^Stage 4.*55%$/, /^Head.*0\.1%$/],
    PATIENCE,
  );
  const ms = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-ms'))));
  expect(Math.min(...ms)).toBeGreaterThan(0);
  await expectAccessibleInBothThemes(page, '[data-classifier]');
});

/** Keeps the weights back until the worker's WebGL contexts are under the test's hands. */
async function holdContexts(page: Page): Promise<() => Worker | undefined> {
  const workers: Worker[] = [];
  const ready: Promise<unknown>[] = [];
  page.on('worker', (worker) => {
    workers.push(worker);
    ready.push(
      worker.evaluate(() => {
        const contexts: WebGL2RenderingContext[] = [];
        Object.assign(globalThis, { contexts });
        const { prototype } = OffscreenCanvas;
        const original = Reflect.get(prototype, 'getContext') as (...a: unknown[]) => unknown;
        Reflect.set(prototype, 'getContext', function (this: unknown, ...rest: unknown[]) {
          const context = original.apply(this, rest);
          if (context instanceof WebGL2RenderingContext) contexts.push(context);
          return context;
        });
      }),
    );
  });
  await page.route(WEIGHTS, async (route) => {
    while (workers.length === 0) await page.waitForTimeout(20);
    await Promise.all(ready);
    await route.continue();
  });
  return () => workers.at(-1);
}

const loseContext = (worker: Worker | undefined) =>
  worker?.evaluate(() => {
    const { contexts } = globalThis as unknown as { contexts: WebGL2RenderingContext[] };
    contexts.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext();
  });

test('a GPU lost while nobody asks is noticed, told, and recovered from', async ({ page }) => {
  const latest = await holdContexts(page);
  await page.goto(PAGE);
  await classifyEspresso(page);
  const first = latest();
  await loseContext(first);
  await expect(panelOf(page).getByRole('status').first()).toContainText(
    'The browser had taken the graphics processor away',
    PATIENCE,
  );
  await inState(page, 'done');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
  await expect(panelOf(page)).toHaveAttribute('data-backend', 'webgl');
  await expect(page.locator('[data-parity-reference="pytorch"]')).toBeVisible();
  expect(latest()).not.toBe(first);
  // Twice in a row is a sentence and a button, not a loop.
  await loseContext(latest());
  await inState(page, 'error');
  await expect(panelOf(page).getByRole('alert')).toContainText('away again: try again');
  await page.getByRole('button', { name: 'Try again' }).click();
  await inState(page, 'done');
});

test('a GPU that does not come back is told, and WebAssembly takes over', async ({ page }) => {
  const latest = await holdContexts(page);
  await page.goto(PAGE);
  await expect(choice(page)).toBeEnabled();
  await choice(page).selectOption('webgl-float16');
  await choice(page).selectOption('webgl');
  await classifyEspresso(page);
  // From now on neither workers nor the page get a context.
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  page.on('worker', (worker) => {
    void worker.evaluate(() => {
      const { prototype } = OffscreenCanvas;
      const original = Reflect.get(prototype, 'getContext') as (...a: unknown[]) => unknown;
      Reflect.set(prototype, 'getContext', function (this: unknown, ...rest: unknown[]) {
        return rest[0] === 'webgl2' ? null : original.apply(this, rest);
      });
    });
  });
  await page.route('**/*worker*.js', async (route) => {
    const response = await route.fetch();
    await page.waitForTimeout(500);
    await route.fulfill({ response });
  });
  await loseContext(latest());
  await inState(page, 'error');
  await expect(panelOf(page).getByRole('alert')).toHaveText(/^This browser offers no WebGL2/);
  await page.getByRole('button', { name: 'Run on WebAssembly' }).click();
  await inState(page, 'done');
  await expect(panelOf(page)).toHaveAttribute('data-backend', 'wasm');
  await expect(best(page)).toHaveAttribute('data-label', 'espresso');
});

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor, whatever else the machine does meanwhile. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

test('the page’s thread is never busy for long while it predicts, checks and measures', async ({
  page,
  browser,
}) => {
  await page.goto(PAGE);
  await expect(choice(page)).toBeEnabled();
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await classifyEspresso(page);
  await page.getByRole('button', { name: 'Time each stage' }).click();
  await expect(page.locator('[data-stage-time]')).toHaveCount(6, PATIENCE);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name.includes('RunTask') && main.has(`${pid} ${tid}`),
  );
  expect(tasks.length).toBeGreaterThan(100);
  // Where the machine is slow, so is everything: then it counts what else takes as long there.
  const limit = Math.max(50, 0.9 * (await fixedWork(browser)));
  const busiest = Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000));
  expect(busiest).toBeLessThan(limit);
});
