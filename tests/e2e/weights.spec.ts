/** Official weights in one click, from a local server that plays the hub. */
import { expect, type Page } from '@playwright/test';
import pycls from '../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import tv2 from '../../content/checkpoints/regnetx_004_tv.tv2_in1k.json' with { type: 'json' };
import { stagesOf, type Stage } from '../../src/regnet/index.ts';
import { modelOf, models } from '../../src/zoo/models.ts';
import { sha256Of, type Behaviour } from './hub.ts';
import { seededCheckpoint } from './seeded-weights.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';
import {
  alertIn,
  buttonOf,
  downloads,
  expectNodesAnswer,
  expectResumed,
  FILE,
  ID,
  inState,
  keptIn,
  PAGE,
  panelOf,
  PATIENCE,
  pointAt,
  test,
} from './weights.ts';

/** torchvision's 400MF, whose last stage is 400 wide. */
const TORCHVISION_400MF: readonly Stage[] = [
  { width: 32, depth: 1, groups: 2, groupWidth: 16 },
  { width: 64, depth: 2, groups: 4, groupWidth: 16 },
  { width: 160, depth: 7, groups: 10, groupWidth: 16 },
  { width: 400, depth: 12, groups: 25, groupWidth: 16 },
];

test('one click: downloaded, checked, run, kept; then without the network; then deleted', async ({
  page,
  hub,
  context,
}) => {
  const found = complaints(page);
  await page.goto(PAGE);
  await expect(panelOf(page).locator('.official')).toContainText(`${ID} (≈ 10.8 MB)`);
  await expect(keptIn(page).locator('summary')).toHaveText('Kept on this device: no weights');
  expect(hub.requests).toEqual([]);

  await buttonOf(page).click();
  await expect(panelOf(page)).toHaveAttribute('data-checkpoint', ID);
  await inState(page, 'done');
  await expect(panelOf(page)).toContainText('1,000 classes. Shorter side');
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
  expect(downloads(hub)).toHaveLength(1);
  await expect(buttonOf(page)).toHaveText('Run');
  await expect(keptIn(page).locator('summary')).toHaveText('Kept on this device: 10.8 MB');

  await page.reload();
  await expect(buttonOf(page)).toHaveText('Run');
  hub.behave({ status: 500, treeStatus: 500 });
  await buttonOf(page).click();
  await inState(page, 'done');
  expect(hub.requests).toEqual([]);
  await context.setOffline(true);
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
  await context.setOffline(false);

  await page.getByRole('button', { name: 'Back to the demonstration' }).click();
  await inState(page, 'done');
  await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'regnetx_002.tiny-imagenet-200');
  await keptIn(page).locator('summary').click();
  await expectAccessibleInBothThemes(page, '[data-classifier]');
  await page.getByRole('button', { name: `Delete ${ID}` }).click();
  await expect(buttonOf(page)).toHaveText('Download and run');
  await expect(keptIn(page).locator('li')).toHaveCount(0);
  expect(found).toEqual([]);
});

test('a download tells how far it is, stops when told to, and goes on after a reload', async ({
  page,
  hub,
}) => {
  hub.behave({ bytesPerSecond: 1_500_000 });
  await page.goto(PAGE);
  await buttonOf(page).click();
  await expect(panelOf(page).locator('label.status')).toHaveText(
    /^Loading the weights: \d\.\d of 10\.8 MB, about \d s left\.$/,
    PATIENCE,
  );
  await page.getByRole('button', { name: 'Cancel' }).click();
  await inState(page, 'idle');
  await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'regnetx_002.tiny-imagenet-200');
  await expect(buttonOf(page)).toHaveText('Go on and run');
  await expect(panelOf(page).locator('.official')).toContainText(/\d\.\d MB are here/);
  expect(downloads(hub)).toHaveLength(1);

  hub.behave({ bytesPerSecond: 300_000 });

  await buttonOf(page).click();
  await expect(panelOf(page).locator('progress[value]')).toBeVisible(PATIENCE);
  await expectAccessibleInBothThemes(page, '[data-classifier]');
  const before = downloads(hub).length;
  // In the middle of the download.
  await page.reload();
  await expect(buttonOf(page)).toHaveText('Go on and run');
  hub.behave();
  await buttonOf(page).click();
  await inState(page, 'done');
  expect(before).toBe(1);
  expect(downloads(hub)).toHaveLength(1);
  expect(downloads(hub)[0]).toMatch(/ bytes=[1-9]\d{5,}-$/);
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
});

test('a file that was changed meanwhile, and a server without ranges: begun anew', async ({
  page,
  hub,
}) => {
  const half = 5_000_000;
  hub.behave({ stallAfter: half });
  await page.goto(PAGE);
  const stopHalfway = async () => {
    await buttonOf(page).click();
    await expect(panelOf(page).locator('progress[value]')).toHaveJSProperty(
      'value',
      half,
      PATIENCE,
    );
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(buttonOf(page)).toHaveText('Go on and run');
  };
  await stopHalfway();
  const next = seededCheckpoint(stagesOf(modelOf('regnetx_002').design), 1000);
  hub.put(ID, next);
  hub.behave({ stallAfter: half });
  await stopHalfway();
  expect(downloads(hub).map((request) => request.includes('bytes='))).toEqual([false]);
  hub.behave({ ranges: false });
  await buttonOf(page).click();
  await inState(page, 'done');
  await expectNodesAnswer(page, next, pycls.preprocessing);
  expect(downloads(hub)).toHaveLength(1);
  hub.put(ID, FILE);
});

test('a connection that breaks again and again brings the file all the same', async ({
  page,
  hub,
}) => {
  hub.behave({ dropAfter: 4_000_000 });
  await page.goto(PAGE);
  await buttonOf(page).click();
  await inState(page, 'done');
  expectResumed(hub, 2);
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
});

const troubles: [string, Behaviour, RegExp][] = [
  ['a missing file', { status: 404 }, /does not have the file any more.*Look for other weights/],
  ['too many requests', { status: 429, retryAfter: '30' }, /asks for a pause.*in 30 seconds/],
  ['a fault of the server', { status: 500 }, /trouble of its own \(500\)\. Try again later/],
  ['no CORS header', { cors: false }, /does not let pages of other sites read.*open it here/],
  [
    'another file',
    { body: FILE.map((b, i) => (i === 9_000_000 ? b ^ 1 : b)) },
    /SHA-256 is another/,
  ],
  ['a shorter file', { body: FILE.subarray(0, 9_000_000) }, /it has 9\.0 instead of 10\.8 MB/],
  ['a longer file', { body: new Uint8Array(12_000_000) }, /it is longer than 10\.8 MB/],
  ['a line that breaks for good', { dropAfter: 0 }, /broke off after 0\.0 of 10\.8 MB/],
];
for (const [name, behaviour, sentence] of troubles)
  test(`${name}: a sentence, nothing is used, and the next try works`, async ({ page, hub }) => {
    hub.behave(behaviour);
    await page.goto(PAGE);
    await buttonOf(page).click();
    await inState(page, 'error');
    await expect(alertIn(page)).toHaveText(sentence);
    await expect(page.locator('[data-prediction]')).toHaveCount(0);
    await expect(buttonOf(page)).not.toHaveText('Run');
    hub.behave();
    await page.getByRole('button', { name: 'Try again' }).click();
    await inState(page, 'done');
    await expectNodesAnswer(page, FILE, pycls.preprocessing);
  });

test('torchvision’s 400MF, 400 wide at the end; a pinned hash is believed', async ({
  page,
  hub,
}) => {
  const file = seededCheckpoint(TORCHVISION_400MF, 2);
  hub.put(tv2.id, file);
  await page.goto('./models/regnetx_016/');
  await expect(panelOf(page)).toContainText('Run the official ones');
  await page.goto('./models/regnetx_004/');
  await buttonOf(page, tv2.id).click();
  await inState(page, 'error');
  await expect(alertIn(page)).toHaveText(/SHA-256 is another/);
  expect(hub.requests.some((request) => request.includes('/api/'))).toBe(false);

  await pointAt(page, hub, [[tv2.sha256, sha256Of(file)]]);
  await page.goto('./models/regnetx_004/');
  await buttonOf(page, tv2.id).click();
  await inState(page, 'done');
  await expectNodesAnswer(page, file, tv2.preprocessing);
});

test('a disk that fills up: it runs, and the panel says that it is not kept', async ({
  page,
  hub,
  baseURL,
}) => {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(baseURL ?? '');
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_000_000 });
  await page.goto(PAGE);
  await buttonOf(page).click();
  await inState(page, 'done');
  await expect(panelOf(page)).toContainText(
    'Not kept: the disk, or what this browser lets the site keep, is full.',
  );
  await expect(keptIn(page).locator('li')).toHaveCount(0);
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
  expect(downloads(hub)).toHaveLength(1);
});

test.describe('what speaks against a download', () => {
  const pretend = (page: Page, properties: object) =>
    page.addInitScript((given) => {
      for (const [name, value] of Object.entries(given))
        Object.defineProperty(navigator, name, { value, configurable: true });
    }, properties);

  test('Save-Data: nothing is sent before the visitor says so', async ({ page, hub }) => {
    await pretend(page, { connection: { saveData: true } });
    await page.goto(PAGE);
    await buttonOf(page).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText('asks to save data, and 10.8 MB are still');
    await expectAccessibleInBothThemes(page, '[data-classifier]');
    await question.getByRole('button', { name: 'Not now' }).click();
    await expect(question).toHaveCount(0);
    expect(hub.requests).toEqual([]);
    await buttonOf(page).click();
    await question.getByRole('button', { name: 'Run all the same' }).click();
    await inState(page, 'done');
  });

  test('a large network on a small device', async ({ page, hub }) => {
    await pretend(page, { deviceMemory: 1 });
    await page.goto('./models/regnetx_320/');
    await expect(panelOf(page).locator('.official')).toContainText(
      /takes about \d\.\d GB of memory/,
    );
    await buttonOf(page, 'regnetx_320.pycls_in1k').click();
    await expect(page.getByRole('alertdialog')).toContainText(
      /takes about \d\.\d GB of memory; this device has about 1 GB in all, likely too little/,
      PATIENCE,
    );
    expect(hub.requests).toEqual([]);
  });
});

test('every variant has its official weights in one click, with size and address', async ({
  page,
  hub,
}) => {
  for (const { id } of models) {
    await page.goto(`./models/${id}/`);
    const row = page.locator('.official li', { has: buttonOf(page, `${id}.pycls_in1k`) });
    await expect(row).toContainText(/\((≈\s)?[\d.]+\sMB\)/);
    await expect(row.locator('a')).toHaveAttribute('href', hub.urlOf(`${id}.pycls_in1k`));
  }
});
