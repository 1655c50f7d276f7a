import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { convert, readCheckpoint, requireFit, SCHEMES } from '../../src/checkpoints/index.ts';
import { models } from '../../src/zoo/models.ts';
import { shardsOf } from '../shards.ts';
import { FILES } from '../unit/checkpoints/files.ts';
import { inState, panelOf, PATIENCE } from './panel.ts';
import { complaints, expectAccessible } from './site.ts';

const PAGE = './checkpoint/';
const FIXTURES = 'tests/fixtures/checkpoints';
const TINY = 'tests/fixtures/weights/regnetx_002.tiny-imagenet-200.pth';

const alertOf = (page: Page): Locator => panelOf(page).getByRole('alert');
const fact = (page: Page, term: string): Locator =>
  page.locator('.facts-list div').filter({ has: page.getByText(term, { exact: true }) });

async function open(page: Page, file: Parameters<Locator['setInputFiles']>[0], state = 'ready') {
  await page.locator('[data-checkpoint-input]').setInputFiles(file);
  await inState(page, state);
}

const CONTAINERS = {
  'pytorch-zip': 'PyTorch zip',
  'pytorch-legacy': 'PyTorch legacy',
  safetensors: 'safetensors',
};

test('every fixture opens, one after another, and the hostile one between them is refused', async ({
  page,
}) => {
  const found = complaints(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.goto(PAGE);
  await inState(page, 'idle');
  for (const { name, container, scheme } of FILES) {
    await open(page, `${FIXTURES}/${name}`);
    await expect(page.getByRole('status').filter({ hasText: name })).toBeVisible();
    await expect(page.locator('#what')).toHaveText('A RegNetX outside of the family');
    await expect(fact(page, 'container')).toContainText(CONTAINERS[container]);
    await expect(fact(page, 'names as in')).toContainText(SCHEMES[scheme].label);
    await expect(fact(page, 'channels')).toContainText(SCHEMES[scheme].channelOrder);
    await expect(fact(page, 'classes')).toContainText('10');
    await expect(alertOf(page)).toHaveCount(0);
    if (name !== 'pycls-zip.pyth') continue;
    await open(page, `${FIXTURES}/hostile.pth`, 'error');
    await expect(alertOf(page)).toHaveText(/refused and nothing was run\.$/);
    await expect(page.locator('#what')).toHaveCount(0);
  }
  expect(found).toEqual([]);
  const origin = new URL(page.url()).origin;
  expect(requests.filter((request) => !request.startsWith(`GET ${origin}/`))).toEqual([]);
});

test('shards are opened together, and one alone asks for the others', async ({ page }) => {
  const shards = await Promise.all(
    shardsOf(new Uint8Array(readFileSync(`${FIXTURES}/timm.safetensors`)), 2).map(
      async ({ name, blob }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(await blob.arrayBuffer()),
      }),
    ),
  );
  await page.goto(PAGE);
  await inState(page, 'idle');
  await open(page, shards.slice(1), 'error');
  await expect(alertOf(page)).toContainText('shard 2 of 2 of one checkpoint');
  await open(page, shards.toReversed());
  await expect(page.getByRole('status').filter({ hasText: 'model.safetensors' })).toBeVisible();
  await expect(fact(page, 'classes')).toContainText('10');
});

test('a download is byte for byte what the command writes', async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'regnetx-'));
  try {
    await page.goto(PAGE);
    for (const name of ['pycls-legacy.pyth', 'torchvision-shared-storage-zip.pth']) {
      await open(page, `${FIXTURES}/${name}`);
      for (const dtype of ['f16', 'f32']) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.locator(`[data-download="${dtype}"]`).click(),
        ]);
        const base = name.replace(/\.\w+$/, '');
        expect(download.suggestedFilename()).toBe(`${base}.${dtype}.safetensors`);
        const expected = path.join(folder, 'cli.safetensors');
        const args = ['convert', `${FIXTURES}/${name}`, '-o', expected, '--dtype', dtype];
        execFileSync('node_modules/.bin/node', ['src/cli/main.ts', ...args]);
        const ours = readFileSync(await download.path());
        expect(ours.equals(readFileSync(expected))).toBe(true);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a variant is recognised, runs with the likely settings, and answers to others', async ({
  page,
}) => {
  await page.goto(PAGE);
  await open(page, TINY);
  await expect(page.locator('#what')).toHaveText('RegNetX-200MF');
  await expect(page.locator('.rx-stage-widths svg').first()).toBeVisible();
  // The file says neither how pictures are prepared nor what its 200 classes are.
  await expect(page.locator('input[name=crop]')).toHaveValue('224');
  await expect(page.locator('select[name=labels]')).toHaveValue('numbers');
  await page.getByRole('button', { name: /centre 128 px/ }).click();
  await expect(page.locator('input[name=crop]')).toHaveValue('128');
  await page.locator('select[name=labels]').selectOption('tiny-imagenet-200');
  await page.locator('[data-sample="espresso-coffee"]').click();
  await inState(page, 'done');
  await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'local');
  const best = page.locator('[data-prediction]').first();
  await expect(best).toHaveAttribute('data-label', 'espresso');
  const before = await best.getAttribute('data-probability');

  // A bigger picture, and names of the visitor's own.
  await page.locator('input[name=resize]').fill('160');
  await page.locator('input[name=crop]').fill('160');
  await page.keyboard.press('Tab');
  await expect(page.locator('canvas')).toHaveJSProperty('width', 160, PATIENCE);
  await inState(page, 'done');
  await expect(best).not.toHaveAttribute('data-probability', before ?? '');
  const names = Array.from({ length: 200 }, (_, i) => `own ${i}`).join('\n');
  const list = (text: string) => ({
    name: 'n.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  });
  await page.locator('[data-labels-input]').setInputFiles(list('only one'));
  await expect(alertOf(page)).toHaveText(/^The list has 1 name, the network 200 classes;/);
  await page.locator('[data-labels-input]').setInputFiles(list(names));
  await expect(best).toHaveAttribute('data-label', /^own \d+$/, PATIENCE);

  // Another channel order is another network.
  await inState(page, 'done');
  const rgb = await best.getAttribute('data-probability');
  await page.getByRole('radio', { name: 'BGR' }).check();
  await expect(best).not.toHaveAttribute('data-probability', rgb ?? '', PATIENCE);
});

test('what people have in their hands opens, and what was taken for what is told', async ({
  page,
}) => {
  await page.goto(PAGE);
  await open(page, `${FIXTURES}/lightning-tied-twice.ckpt`);
  await expect(fact(page, 'names as in')).toContainText('without model.');
  await expect(page.getByText('110 tensors beside the network passed over')).toBeVisible();
  await expect(page.getByRole('link', { name: 'See it in the design space.' })).toHaveAttribute(
    'href',
    /design\/\?d=6&w0=\d+/,
  );

  await open(page, `${FIXTURES}/mmengine-to-rgb.pth`);
  await expect(fact(page, 'channels').locator('dd')).toHaveText('RGB');
  await expect(page.getByText('The file says so.')).toBeVisible();

  // A single output is no share of anything.
  await open(page, `${FIXTURES}/one-output.pth`);
  await page.locator('[data-sample="espresso-coffee"]').click();
  await inState(page, 'done');
  await expect(page.locator('[data-prediction]')).toHaveCount(1);
  await expect(page.locator('[data-prediction]')).toHaveAttribute('data-value', /^-?\d/);
  await expect(page.locator('[data-prediction]')).not.toContainText('%');
});

test('ten thousand stages are a sentence, a count, and few lines', async ({ page }) => {
  const header: Record<string, unknown> = {
    'head.fc.weight': { dtype: 'F32', shape: [10, 0], data_offsets: [0, 0] },
  };
  for (let stage = 1; stage < 10_000; stage++)
    header[`s${stage}.b1.conv2.conv.weight`] = {
      ...{ dtype: 'F32', shape: [8, 8, 0, 0], data_offsets: [0, 0] },
    };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeUInt32LE(json.length);
  await page.goto(PAGE);
  const file = { name: 'stages.safetensors', mimeType: '', buffer: Buffer.concat([length, json]) };
  await open(page, file, 'error');
  await expect(alertOf(page)).toContainText('and 199,984 more');
  const misfits = page.getByRole('group', { name: 'What does not fit' }).locator('tbody tr');
  await expect(misfits).toHaveCount(50);
  await expect(page.getByText('The first 50 of 199,987.')).toBeVisible();
  await expect(page.locator('.rx-inspector *').count()).resolves.toBeLessThan(5000);
});

test('tensors can be filtered, leafed through and opened by keyboard', async ({ page }) => {
  await page.goto(PAGE);
  await open(page, TINY);
  const lines = page.locator('[data-tensor]');
  await expect(lines).toHaveCount(25);
  const next = page.getByRole('button', { name: 'Next page' });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.pager output')).toHaveText(/^26–50 of/);
  await page.locator('[data-tensor-filter]').fill('s1.b1.conv2.conv');
  await expect(lines).toHaveCount(1);
  const line = lines.first();
  await expect(line).toContainText('trunk_output.block1.block1-0.f.b.0.weight');
  await expect(line).toContainText('24×8×3×3');
  await expect(line.locator('.rx-sparkline path')).toHaveAttribute('d', /^M/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const detail = page.locator('[data-tensor-detail]');
  await expect(detail).toContainText('deviation');
  await expect(detail.locator('svg rect').first()).toBeVisible();
  await detail.getByRole('radio', { name: 'logarithmic' }).check();
  await detail.locator('[role="option"]').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(detail.getByText(/^\S+ to \S+: \d+ values?$/)).toBeVisible();
  await detail.getByText('Data table').click();
  const counts = await detail.locator('tbody td:last-child').allTextContents();
  const sum = counts.reduce((total, text) => total + Number(text.replaceAll(',', '')), 0);
  expect(sum).toBe(24 * 8 * 9);
  await line.getByRole('button').click();
  await expect(detail).toHaveCount(0);
});

test('what does not fit is listed, RegNetY is called by its name, and a good file works after', async ({
  page,
}) => {
  const source = readCheckpoint(new Uint8Array(readFileSync(`${FIXTURES}/timm.safetensors`)));
  const good = Buffer.from(convert(source, requireFit(source, models), { dtype: 'f32' }));
  const rename = (from: string, to: string) => {
    const bytes = Buffer.from(good);
    bytes.write(to, bytes.indexOf(from), 'latin1');
    return { name: 'changed.safetensors', mimeType: '', buffer: bytes };
  };
  await page.goto(PAGE);
  await open(page, rename('"s2.b1.conv3.conv.weight"', '"t2.b1.conv3.conv.weight"'), 'error');
  await expect(alertOf(page)).toContainText('s2.b1.conv3.conv.weight (32x32x1x1) is missing');
  const misfits = page.getByRole('group', { name: 'What does not fit' }).locator('tbody tr');
  await expect(misfits).toHaveCount(2);
  await expect(misfits.first()).toContainText('missing');
  await expect(misfits.last()).toContainText('no such tensor');
  await expect(page.locator('[data-tensor]')).toHaveCount(25);
  await expect(page.locator('[data-download]')).toHaveCount(0);

  await open(page, rename('"s2.b1.conv3.conv.weight"', '"s2.b1.se.fc1.conv.weigh"'), 'error');
  await expect(alertOf(page)).toContainText('RegNetY');
  await expect(page.locator('#what')).toHaveText('A RegNetY');

  for (const [name, buffer, sentence] of [
    ['empty.pth', Buffer.alloc(0), 'The file is empty.'],
    ['page.pth', Buffer.from('<!doctype html>'), 'is a web page'],
    ['half.safetensors', good.subarray(0, 100_000), 'download or copy it again'],
  ] as const) {
    await open(page, { name, mimeType: '', buffer }, 'error');
    await expect(alertOf(page)).toContainText(sentence);
  }
  await open(page, { name: 'good.safetensors', mimeType: '', buffer: good });
  await expect(alertOf(page)).toHaveCount(0);
});

test('a checkpoint can be dropped', async ({ page }) => {
  await page.goto(PAGE);
  await expect(page.locator('[data-checkpoint-input]')).toBeEnabled();
  const base64 = readFileSync(`${FIXTURES}/timm.safetensors`, 'base64');
  const dataTransfer = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer();
    data.items.add(
      new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], 'dropped.safetensors'),
    );
    return data;
  }, base64);
  await panelOf(page).dispatchEvent('drop', { dataTransfer });
  await inState(page, 'ready');
  await expect(page.getByRole('status').filter({ hasText: 'dropped.safetensors' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 360])
      test(`axe finds nothing on an open file at ${width} px, and nothing scrolls sideways`, async ({
        page,
      }) => {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(PAGE);
        await open(page, `${FIXTURES}/torchvision-zip.pth`);
        await page.locator('[data-tensor] button').nth(2).click();
        await expect(page.locator('[data-tensor-detail]')).toBeVisible();
        await expectAccessible(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      });
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says what it reads, under which names, and what it refuses', async ({ page }) => {
    await page.goto(PAGE);
    for (const [id, { label }] of Object.entries(SCHEMES))
      await expect(page.locator(`[data-scheme="${id}"]`)).toContainText(label);
    await expect(page.locator('[data-scheme="transformers"] code')).toHaveText(
      'regnet.encoder.stages.1.layers.0.layer.1.convolution.weight',
    );
    for (const text of ['safetensors', 'before 1.6', 'RegNetY', 'nothing is run', 'Nothing leaves'])
      await expect(page.locator('main')).toContainText(text);
    const told = panelOf(page).evaluate((element: HTMLElement) => element.innerText);
    expect(await told).toContain('Opening a file needs JavaScript');
    await expect(page.locator('[data-checkpoint-input]')).toBeDisabled();
  });
});
