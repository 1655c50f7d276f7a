/** The tools that look inside: one walk through all of them, and the camera. */
import type { CDPSession, Page } from '@playwright/test';
import { models } from '../../src/zoo/models.ts';
import shipped from '../../content/checkpoints/regnetx_002.tiny-imagenet-200.json' with { type: 'json' };
import { CHROMIUM_FLAGS, findChromium } from '../browsers/chromium.ts';
import { best, inState, PATIENCE } from './panel.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';
import { expect, test } from './test.ts';

const PAGE = './models/regnetx_002/?backend=wasm&image=espresso-coffee';
const ROUNDS = 10;

test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  },
});

/** Opens a tool by keyboard, once it answers. */
async function openTool(page: Page, id: string): Promise<void> {
  const tool = page.locator(`[data-tool="${id}"]`);
  await expect(tool).toBeEnabled();
  await tool.press('Enter');
}
const inside = (page: Page) => page.locator('[data-panel="instrument"]');

/** Bytes of the page's heap after everything that can go has gone. */
async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

test('the network is looked into by keyboard, at 360 px', async ({ page }) => {
  const found = complaints(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(PAGE);
  await inState(page, 'done');
  expect(asked.filter((url) => /WhereItLooks|Laboratory|Ladder|Camera\./.test(url))).toEqual([]);

  // Where it looks: the second class's map, then against the first.
  const second = page.locator('[data-prediction]').nth(1);
  await second.locator('[data-map]').press('Enter');
  const map = inside(page).locator('[data-class-map]');
  await expect(map).toHaveAttribute(
    'data-class-map',
    (await second.getAttribute('data-class-index')) ?? '',
  );
  const [first] = [await best(page).getAttribute('data-label')];
  await inside(page)
    .getByLabel('Compared with')
    .selectOption({ label: first ?? '' });
  await expect(map).toHaveAttribute('data-rival', /\d/);
  await inside(page).getByText('Data table').press('Enter');
  await expect(inside(page).getByRole('row')).toHaveCount(5);
  await expectAccessibleInBothThemes(page, '[data-panel="instrument"]');

  // What it hears: a channel is enlarged, and its stage lit in the diagrams.
  await openTool(page, 'hears');
  await expect(inside(page).locator('[data-channel]')).toHaveCount(48);
  await inside(page).locator('[data-channel]').nth(12).press('Enter');
  await expect(inside(page).getByText(/^Channel \d+ of stage 2: mean/)).toBeVisible();
  await expectAccessibleInBothThemes(page, '[data-panel="instrument"]');

  // The laboratory: every protocol answers; the samples are counted.
  await openTool(page, 'lab');
  const rows = inside(page).locator('[data-protocol][data-class-index]');
  await expect(rows).toHaveCount(11, PATIENCE);
  const own = inside(page).locator('[data-protocol="own"]');
  for (const attribute of ['data-class-index', 'data-probability'])
    await expect(own).toHaveAttribute(attribute, (await best(page).getAttribute(attribute)) ?? '');
  await inside(page).locator('[data-count-changes]').press('Enter');
  await expect(inside(page).getByText('…', { exact: true })).toHaveCount(0, PATIENCE);
  await expect(inside(page).locator('[data-protocol="swapped"]')).toContainText(/[1-9] of \d/);
  await expectAccessibleInBothThemes(page, '[data-panel="instrument"]');

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(found).toEqual([]);
});

test('the ladder is climbed ten times, and memory is level', async ({ page }) => {
  await page.goto(PAGE);
  await inState(page, 'done');
  await openTool(page, 'ladder');
  const climb = inside(page).locator('[data-climb]');
  const rungs = inside(page).locator('[data-rung]');
  const devtools = await page.context().newCDPSession(page);
  const round = async (answers: number) => {
    await climb.press('Enter');
    for (const [outcome, count] of [
      ['answered', answers],
      ['failed', (await rungs.count()) - answers],
    ] as const)
      await expect(inside(page).locator(`[data-outcome="${outcome}"]`)).toHaveCount(
        count,
        PATIENCE,
      );
    await expect(climb).toBeVisible(PATIENCE);
  };
  await expect(climb).toBeEnabled(PATIENCE);
  // Told beforehand.
  for (const row of await rungs.all()) await expect(row).toContainText(/about \d+ MB of memory/);
  const all = await rungs.count();
  await round(all);
  await expectAccessibleInBothThemes(page, '[data-panel="instrument"]');
  const [workers, before] = [page.workers().length, await heap(devtools)];
  await round(all);
  // What a network leaves would show by now. In the others most weights do not arrive.
  await page.route(/weights\/(?!regnetx_002)/, (route) => route.abort());
  for (let i = 2; i < ROUNDS; i++) await round(1);
  // Each network had a worker of its own; what is left is the panel's.
  expect(page.workers()).toHaveLength(workers);
  // A network's weights are some megabytes each; one that stayed would show.
  expect((await heap(devtools)) - before).toBeLessThan(2e6);
  const known = models.map(({ id }) => id);
  for (const id of await rungs.evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('data-rung')),
  ))
    expect(known).toContain(id?.split('.')[0]);
});

test('a result is copied with what made it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(PAGE);
  await inState(page, 'done');
  await openTool(page, 'keep');
  const copied = async (format: string): Promise<string> => {
    await inside(page).locator(`[data-keep="${format}"]`).click();
    await expect(inside(page).getByText(`Copied as ${format}.`)).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('text')).toContain('%  espresso');
  const kept = JSON.parse(await copied('JSON')) as {
    checkpoint: { sha256: string };
    device: { backend: string };
    protocol: { crop: number };
    probabilities: number[];
  };
  expect(kept.checkpoint.sha256).toBe(shipped.sha256);
  expect(kept.device.backend).toBe('wasm');
  expect(kept.protocol.crop).toBe(128);
  expect(kept.probabilities).toHaveLength(200);
  expect(kept.probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);
  await inside(page).locator('[data-keep="PNG"]').click();
  await expect(inside(page).getByText('Copied as PNG.')).toBeVisible();
  await expectAccessibleInBothThemes(page, '[data-panel="instrument"]');
});

test('the camera runs live, takes a still, and stops with the tab', async ({ page }) => {
  const found = complaints(page);
  await page.goto(PAGE);
  await inState(page, 'done');
  await openTool(page, 'camera');
  const camera = inside(page).locator('[data-camera]');
  await expect(camera).toHaveAttribute('data-camera', 'off');
  const start = inside(page).locator('[data-start]');
  await start.press('Enter');
  await expect(camera).toHaveAttribute('data-camera', 'live', PATIENCE);
  await expect(inside(page).locator('[data-live-class]')).toHaveCount(5, PATIENCE);
  await expect
    .poll(async () => Number(await inside(page).locator('[data-rate]').getAttribute('data-rate')))
    .toBeGreaterThan(0);
  await expectAccessibleInBothThemes(page, '[data-panel="instrument"]');

  await inside(page).locator('[data-still]').press('Enter');
  await expect(page.getByRole('img', { name: 'Still from the camera, cropped' })).toBeVisible(
    PATIENCE,
  );
  await expect(camera).toHaveAttribute('data-camera', 'off');

  await start.click();
  await expect(camera).toHaveAttribute('data-camera', 'live', PATIENCE);
  const video = inside(page).locator('video');
  const track = await video.evaluateHandle(
    (element) => ((element as HTMLVideoElement).srcObject as MediaStream).getTracks()[0],
  );
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(camera).toHaveAttribute('data-camera', 'hidden');
  expect(await track.evaluate((one) => one?.readyState)).toBe('ended');
  expect(found).toEqual([]);
});
