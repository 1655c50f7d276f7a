import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { parseCertificate, type Certificate } from '../../src/recount/certificate.ts';
import expected from '../fixtures/recount/expected.json' with { type: 'json' };
import { expect, test } from './test.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';

const PAGE = './recount/';
const PICTURES = 'tests/fixtures/recount/pictures';
const FILES = expected.pictures.map(({ file }) => path.join(PICTURES, file));
/** Probabilities nearer than these may change their order. */
const TIE = 1e-3;

let folder = '';
test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'recount-'));
  execFileSync('tar', ['cf', path.join(folder, 'pictures.tar'), '-C', PICTURES, '.']);
  const lines = expected.pictures.map(({ file, truth }) => `${file},${truth}`);
  writeFileSync(path.join(folder, 'truth.csv'), `file,label\n${lines.join('\n')}\n`);
});
test.afterAll(() => {
  rmSync(folder, { recursive: true });
});
const made = (name: string) => path.join(folder, name);

const root = (page: Page): Locator => page.locator('[data-recount]');
const inState = (page: Page, state: string) =>
  expect(root(page)).toHaveAttribute('data-state', state, { timeout: 60_000 });
const pictures = (page: Page): Locator => page.locator('[data-pictures-input]');
const alert = (page: Page): Locator => root(page).getByRole('alert');
const share = async (page: Page, name: 'top1' | 'top5' | 'count'): Promise<number> =>
  Number(await page.locator(`[data-${name}]`).getAttribute(`data-${name}`));

async function open(page: Page, address = PAGE): Promise<void> {
  await page.goto(address);
  await expect(pictures(page)).toBeEnabled();
}

async function savedBy(page: Page): Promise<Certificate> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-certificate]').click(),
  ]);
  return parseCertificate(readFileSync(await download.path(), 'utf8'), 'the certificate');
}

test('an archive gives PyTorch’s counts; its certificate shows itself, and pairs', async ({
  page,
}) => {
  const found = complaints(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  await inState(page, 'idle');
  expect(asked.filter((url) => /worker|safetensors/.test(url))).toEqual([]);

  await pictures(page).setInputFiles(made('pictures.tar'));
  await inState(page, 'done');
  expect(await share(page, 'count')).toBe(expected.count);
  const first = await savedBy(page);
  expect(first.count).toBe(expected.count);
  expect(await share(page, 'top1')).toBe(first.top1 / first.count);
  expect(await share(page, 'top5')).toBe(first.top5 / first.count);
  const differing = expected.pictures.filter(({ file, top5, probabilities }) => {
    const mine = first.predictions?.find((one) => one.path === file);
    const gap = (probabilities[0] ?? 0) - (probabilities[1] ?? 0);
    return mine?.top5[0] !== top5[0] && gap > TIE;
  });
  // A PNG is the same for every decoder; of fifteen JPEGs one may stand between two classes.
  expect(differing.filter(({ file }) => file.endsWith('.png'))).toEqual([]);
  expect(differing.length).toBeLessThanOrEqual(1);
  expect(Math.abs(first.top1 - expected.top1)).toBeLessThanOrEqual(1);

  await expect(page.locator('.rx-per-class [data-mark]').first()).toBeAttached();
  await expect(page.locator('[data-mistake] img').first()).toHaveAttribute('src', /^blob:/);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 360, height: 800 });
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await overflow()).toBeLessThanOrEqual(0);

  // The same pictures under another protocol are another recount: it begins by itself.
  await page.locator('select[data-protocol]').selectOption('pycls');
  await expect(page.locator('[data-count]')).toHaveCount(0);
  await inState(page, 'done');
  const second = await savedBy(page);
  expect(second.protocol).toMatchObject({ name: 'pycls', resize: 256, antialias: false });
  expect(second.pictures.sha256).toBe(first.pictures.sha256);

  for (const [name, certificate] of Object.entries({ first, second }))
    writeFileSync(made(`${name}.json`), JSON.stringify(certificate));
  await page.reload();
  await expect(pictures(page)).toBeEnabled();
  await pictures(page).setInputFiles(made('first.json'));
  await inState(page, 'done');
  expect(await share(page, 'top1')).toBe(first.top1 / first.count);
  await pictures(page).setInputFiles(made('second.json'));
  const difference = page.locator('[data-difference]');
  await expect(difference).toHaveCount(1);
  expect(Number(await difference.getAttribute('data-difference'))).toBeCloseTo(
    (100 * (first.top1 - second.top1)) / first.count,
    9,
  );
  expect(found).toEqual([]);
});

test('files with a list are paused, go on after a reload, and meet a second network', async ({
  page,
}) => {
  // Plain loops leave time to pause.
  await open(page, `${PAGE}?backend=cpu`);
  await page.locator('[data-truth-input]').setInputFiles(made('truth.csv'));
  await pictures(page).setInputFiles(FILES);
  await expect(page.locator('[data-count]')).toHaveCount(1, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).press('Enter');
  await inState(page, 'paused');
  const counted = await share(page, 'count');
  expect(counted).toBeGreaterThan(0);
  expect(counted).toBeLessThan(expected.count);

  await page.reload();
  await expect(root(page).getByRole('status').first()).toContainText(
    `${counted} of ${expected.count} pictures`,
  );
  await page.locator('[data-truth-input]').setInputFiles(made('truth.csv'));
  await pictures(page).setInputFiles(FILES);
  await inState(page, 'done');
  expect(await share(page, 'count')).toBe(expected.count);
  await expect(root(page)).toContainText(
    counted === 1
      ? 'One of them was counted on an earlier occasion'
      : `${counted} of them were counted on an earlier occasion`,
  );
});

test('two networks are paired on the same pictures', async ({ page }) => {
  await open(page);
  await page.locator('[data-second-weights]').selectOption('regnetx_006.tiny-imagenet-200');
  await pictures(page).setInputFiles(made('pictures.tar'));
  await expect(page.locator('[data-paired]')).toBeVisible({ timeout: 60_000 });
  await inState(page, 'done');
  // The two disagree on one picture; each that parts them is shown.
  const parting = Number(
    /\d+/.exec((await page.getByText(/pictures? parts? them/).textContent()) ?? '')?.[0],
  );
  expect(parting).toBeGreaterThan(0);
  await expect(page.locator('[data-disagreement]')).toHaveCount(parting);
  await expect(page.locator('[data-p]')).toContainText('p');
});

test('what cannot be counted is a sentence, and what can is counted', async ({ page }) => {
  await open(page);
  const [png = ''] = FILES.filter((file) => file.endsWith('.png'));
  await pictures(page).setInputFiles(png);
  await expect(alert(page)).toContainText('Nothing says what the only picture');
  await inState(page, 'error');

  writeFileSync(made('other.csv'), `${path.basename(png)},n99999999\n`);
  await page.locator('[data-truth-input]').setInputFiles(made('other.csv'));
  await expect(alert(page)).toContainText('another set of classes');

  writeFileSync(made('broken.tar'), readFileSync(made('pictures.tar')).subarray(0, 200_000));
  await page.locator('[data-truth-input]').setInputFiles(made('truth.csv'));
  await pictures(page).setInputFiles(made('broken.tar'));
  await inState(page, 'done');
  await expect(root(page)).toContainText('ends in the middle of a file');
  expect(await share(page, 'count')).toBeGreaterThan(0);

  writeFileSync(made('n02123045_1.png'), readFileSync(png).subarray(0, 60));
  writeFileSync(made('notes.md'), 'No picture.');
  await pictures(page).setInputFiles([
    ...FILES.slice(0, 3),
    made('n02123045_1.png'),
    made('notes.md'),
  ]);
  await expect(page.locator('[data-problem="unreadable"]')).toContainText(
    '1 picture cannot be read',
    { timeout: 60_000 },
  );
  await expect(page.locator('[data-problem="not-a-picture"]')).toHaveCount(1);
  await inState(page, 'done');
  expect(await share(page, 'count')).toBe(3);

  writeFileSync(made('no.json'), '{"schema": 1}');
  await pictures(page).setInputFiles(made('no.json'));
  await expect(alert(page)).toContainText('is no certificate of a recount');
});

test('weights that the device may not hold are doubted before anything is loaded', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'deviceMemory', { value: 1 });
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  await page.locator('select[data-weights]').selectOption('regnetx_320.pycls_in1k');
  await expect(page.locator('[data-doubts]')).toContainText('likely too little for it');
  await pictures(page).setInputFiles(FILES.slice(0, 1));
  await expect(page.getByRole('button', { name: 'all the same' })).toBeVisible();
  await inState(page, 'idle');
  expect(asked.filter((url) => url.includes('huggingface'))).toEqual([]);
  await page.locator('select[data-weights]').selectOption('regnetx_002.tiny-imagenet-200');
  await expect(page.locator('[data-doubts]')).toHaveCount(0);
  await inState(page, 'error');
});
