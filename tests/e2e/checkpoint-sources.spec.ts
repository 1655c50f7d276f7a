/** /checkpoint/ without a file at hand: the shipped one, the hub; two files beside each other; ONNX. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { startHub, type Hub } from './hub.ts';
import { inState, panelOf, PATIENCE } from './panel.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';
import { expect, test as base } from './test.ts';
import { pointAt } from './weights.ts';

const PAGE = './checkpoint/';
const FIXTURES = 'tests/fixtures/checkpoints';
const SHIPPED = 'public/weights/regnetx_002.tiny-imagenet-200.safetensors';
const read = (file: string) => new Uint8Array(readFileSync(file));

const test = base.extend<object, { hub: Hub }>({
  serviceWorkers: 'block',
  page: async ({ page, hub }, use) => {
    hub.behave();
    await pointAt(page, hub);
    await page.goto(PAGE);
    await expect(page.locator('[data-hub-input]')).toBeEnabled();
    await use(page);
  },
  hub: [
    async ({}, use) => {
      const hub = await startHub();
      hub.putFile('me/one', 'model.safetensors', read(SHIPPED));
      hub.putFile('me/two', 'a.pth', read(`${FIXTURES}/torchvision-zip.pth`));
      hub.putFile('me/two', 'b.safetensors', read(`${FIXTURES}/timm.safetensors`));
      hub.putFile('me/nothing', 'notes.txt', new Uint8Array(3));
      await use(hub);
      await hub.close();
    },
    { scope: 'worker' },
  ],
});

const ask = async (page: Page, address: string) => {
  await page.locator('[data-hub-input]').fill(address);
  await page.keyboard.press('Enter');
};
const sources = (page: Page, phase: string) =>
  expect(page.locator('[data-sources]')).toHaveAttribute('data-sources', phase, PATIENCE);
const opened = (page: Page, name: string) =>
  expect(page.locator('.opener [role=status]')).toContainText(name, PATIENCE);

test('the demonstration file opens with a click', async ({ page }) => {
  const found = complaints(page);
  await page.getByRole('button', { name: 'Try the demonstration file' }).click();
  await inState(page, 'ready');
  await opened(page, 'regnetx_002.tiny-imagenet-200.safetensors');
  await expect(page.locator('#what')).toContainText('RegNetX-200MF');
  expect(found).toEqual([]);
});

test('a model on the hub opens, by name or pasted address, header first', async ({ page, hub }) => {
  await ask(page, 'hf:me/one');
  await inState(page, 'ready');
  await opened(page, 'model.safetensors');
  const asked = hub.requests.filter((request) => request.includes('/cdn/'));
  expect(asked.map((request) => request.split(' ')[2])).toEqual([
    ...['bytes=0-262143', 'bytes=262144-'],
  ]);
  await ask(page, 'https://huggingface.co/me/two/blob/main/a.pth');
  await opened(page, 'a.pth');
});

test('of several files the visitor chooses', async ({ page }) => {
  await ask(page, 'me/two');
  await sources(page, 'choosing');
  await expectAccessibleInBothThemes(page, '[data-sources]');
  await expect(page.locator('[data-hub-file]')).toHaveText(['b.safetensors', 'a.pth']);
  await page.locator('[data-hub-file="a.pth"]').click();
  await inState(page, 'ready');
  await opened(page, 'a.pth');
});

test('a server without ranges is asked about, with the size', async ({ page, hub }) => {
  hub.behave({ ranges: false });
  await ask(page, 'me/one');
  await sources(page, 'asking');
  await page.getByRole('button', { name: /^Download all [\d.]+\sMB$/ }).click();
  await inState(page, 'ready');
  await opened(page, 'model.safetensors');
});

test('what cannot be had is told in sentences, and the next thing works', async ({ page, hub }) => {
  const alert = page.locator('[data-sources] [role=alert]');
  for (const [address, sentence] of [
    ['', 'Nothing is written there.'],
    ['https://example.org/w.pth', 'This page may talk to huggingface.co alone'],
    ['hf:me/unknown', 'has no model me/unknown, or shows it to its members alone'],
    ['hf:me/nothing', 'me/nothing holds no checkpoint'],
  ] as const) {
    await ask(page, address);
    await expect(alert).toContainText(sentence, PATIENCE);
  }
  hub.behave({ status: 403 });
  await ask(page, 'hf:me/one');
  await expect(alert).toContainText('its authors ask for an account', PATIENCE);
  hub.behave({ bytesPerSecond: 200_000 });
  await ask(page, 'hf:me/one');
  await sources(page, 'busy');
  await page.locator('[data-sources]').getByRole('button', { name: 'Cancel' }).click();
  await sources(page, 'idle');
  hub.behave();
  await ask(page, 'hf:me/two/b.safetensors');
  await inState(page, 'ready');
});

test('two files are compared, drawn, walked by keyboard and put in a table', async ({ page }) => {
  await page.locator('[data-checkpoint-input]').setInputFiles(`${FIXTURES}/timm.safetensors`);
  await inState(page, 'ready');
  const other = page.locator('[data-compare-input]');
  const verdict = page.locator('[data-verdict]');
  await other.setInputFiles(`${FIXTURES}/torchvision-zip.pth`);
  await expect(verdict).toHaveAttribute('data-verdict', 'equal', PATIENCE);
  await other.setInputFiles(`${FIXTURES}/timm-fp16.safetensors`);
  await expect(verdict).toHaveAttribute('data-verdict', 'close', PATIENCE);
  await expect(page.locator('tr[data-differs]').first()).toContainText('types');

  const first = verdict.locator('.rx-wide [role=option]').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(verdict.locator('.rx-readout')).toContainText('s1.b1.conv1');
  await verdict.getByText('Data table').click();
  await expect(verdict.locator('.rx-data tbody tr')).toHaveCount(23);
  await expectAccessibleInBothThemes(page, '.comparison');

  await other.setInputFiles(SHIPPED);
  await expect(verdict).toHaveAttribute('data-verdict', 'different', PATIENCE);
  await expect(verdict.locator('.rx-point')).toContainText('They are different networks');
  await other.setInputFiles(`${FIXTURES}/hostile.pth`);
  const alert = page.locator('.comparison [role=alert]');
  await expect(alert).toContainText(/^hostile\.pth: .*refused and nothing was run\.$/);
  await page.setViewportSize({ width: 360, height: 800 });
  await other.setInputFiles(`${FIXTURES}/timm-fp16.safetensors`);
  await expect(verdict).toHaveAttribute('data-verdict', 'close', PATIENCE);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test('ONNX is byte for byte what the command writes', async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'regnetx-'));
  try {
    await page.locator('[data-checkpoint-input]').setInputFiles(SHIPPED);
    await inState(page, 'ready');
    const download = page.waitForEvent('download');
    await page.locator('[data-download=onnx]').click();
    const saved = await (await download).path();
    const out = path.join(folder, 'out.onnx');
    const args = ['convert', SHIPPED, '-o', out, '--to', 'onnx'];
    execFileSync(process.execPath, ['src/cli/main.ts', ...args]);
    expect(readFileSync(saved).equals(readFileSync(out))).toBe(true);
    await expect(panelOf(page).getByRole('alert')).toHaveCount(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
