/** A folder by its handle: it goes on after a reload, and what was counted outlives the folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import expected from '../fixtures/recount/expected.json' with { type: 'json' };
import { expect, test } from './test.ts';

const PICTURES = 'tests/fixtures/recount/pictures';
/** Plain loops leave time to take the folder away. */
const PAGE = './recount/?backend=cpu';
const PATIENCE = { timeout: 60_000 };

const root = (page: Page): Locator => page.locator('[data-recount]');
const inState = (page: Page, state: string) =>
  expect(root(page)).toHaveAttribute('data-state', state, PATIENCE);
const counted = async (page: Page): Promise<number> =>
  Number(await page.locator('[data-count]').getAttribute('data-count'));

/** Every JPEG six times: more than are read ahead, so that the folder is gone before. */
const FILES = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((copy) =>
  expected.pictures
    .filter(({ file }) => file.endsWith('.jpg'))
    .map(({ file }) => ({
      path: file.replace('.jpg', `-${copy}.jpg`).split('/'),
      base64: readFileSync(path.join(PICTURES, file), 'base64'),
    })),
);

/** Puts the folder into the origin's private file system, whose handles are those of any folder. */
const fill = (page: Page) =>
  page.evaluate(async (files) => {
    const home = await navigator.storage.getDirectory();
    const mine = await home.getDirectoryHandle('mine', { create: true });
    for (const {
      path: [folder = '', name = ''],
      base64,
    } of files) {
      const inner = await mine.getDirectoryHandle(folder, { create: true });
      const file = await inner.getFileHandle(name, { create: true });
      const writable = await file.createWritable();
      await writable.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
      await writable.close();
    }
  }, FILES);

const empty = (page: Page) =>
  page.evaluate(async () => {
    const home = await navigator.storage.getDirectory();
    await home.removeEntry('mine', { recursive: true });
  });

test('a folder that is gone in mid-run leaves what was counted, and one click goes on', async ({
  page,
}) => {
  // The browser's own dialogue, in which nobody can click here.
  await page.addInitScript(() => {
    const pick = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('mine', { create: true });
    Object.assign(window, { showDirectoryPicker: pick });
  });
  await page.goto(PAGE);
  const chooser = page.locator('[data-folder-input]');
  await expect(chooser).toBeEnabled();
  await fill(page);
  await chooser.press('Enter');
  await expect(page.locator('[data-count]')).toHaveCount(1, PATIENCE);
  await empty(page);
  await inState(page, 'error');
  await expect(root(page).getByRole('alert')).toContainText('cannot be read any more');
  const before = await counted(page);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(FILES.length);

  await fill(page);
  await page.reload();
  await expect(root(page).getByRole('status').first()).toContainText(
    `${before} of ${FILES.length} pictures in mine`,
  );
  await page.getByRole('button', { name: 'Go on with mine' }).press('Enter');
  await expect(root(page)).toContainText('counted on an earlier occasion', PATIENCE);
  await expect.poll(() => counted(page), PATIENCE).toBeGreaterThan(before);
});
