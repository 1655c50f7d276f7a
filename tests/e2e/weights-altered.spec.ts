/** What is kept on the device may be cut or altered there; its hash tells, and it is fetched anew. */
import { expect, type Page } from '@playwright/test';
import pycls from '../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import {
  buttonOf,
  downloads,
  expectNodesAnswer,
  FILE,
  ID,
  inState,
  PAGE,
  panelOf,
  PATIENCE,
  PICTURE,
  test,
} from './weights.ts';

type Damage = 'cut' | 'altered' | 'emptied';

/** Damages the kept file as a failing disk or a meddling program would, its mark left as it is. */
const damage = (page: Page, how: Damage) =>
  page.evaluate(async (kind) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('regnetx-weights');
    for await (const [name, handle] of folder.entries()) {
      if (!(handle instanceof FileSystemFileHandle) || name.endsWith('.checked')) continue;
      const writable = await handle.createWritable({ keepExistingData: true });
      if (kind === 'altered')
        await writable.write({ type: 'write', position: 5_000_000, data: new Uint8Array(64) });
      else await writable.truncate(kind === 'cut' ? 4_000_000 : 0);
      await writable.close();
    }
  }, how);

for (const how of ['altered', 'cut', 'emptied'] as const)
  test(`a kept file that was ${how} is found out and fetched anew`, async ({ page, hub }) => {
    await page.goto(PAGE);
    await buttonOf(page).click();
    await inState(page, 'done');
    await damage(page, how);
    await page.reload();
    await expect(buttonOf(page)).toHaveText('Run');
    hub.behave();
    await buttonOf(page).click();
    await inState(page, 'done');
    expect(downloads(hub)).toHaveLength(1);
    await expect(panelOf(page)).toContainText('had been cut or altered; they were fetched anew');
    await expectNodesAnswer(page, FILE, pycls.preprocessing);
    // What is kept now is right.
    await page.reload();
    await expect(buttonOf(page)).toHaveText('Run');
    hub.behave();
    await buttonOf(page).click();
    await inState(page, 'done');
    expect(hub.requests).toEqual([]);
  });

test('a recount finds it out as well, and counts with what was fetched', async ({ page, hub }) => {
  await page.goto(PAGE);
  await buttonOf(page).click();
  await inState(page, 'done');
  await damage(page, 'altered');
  hub.behave();
  await page.goto('./recount/');
  await page.locator('select[data-weights]').selectOption(ID);
  const list = Buffer.from('espresso-coffee.png,espresso\n');
  await page
    .locator('[data-truth-input]')
    .setInputFiles({ name: 'truth.csv', mimeType: 'text/csv', buffer: list });
  await page.locator('[data-pictures-input]').setInputFiles(PICTURE);
  await expect(page.locator('[data-recount]')).toHaveAttribute('data-state', 'done', PATIENCE);
  await expect(page.locator('[data-notice]')).toContainText('they were fetched anew');
  await expect(page.locator('[data-count]')).toHaveAttribute('data-count', '1');
  expect(downloads(hub)).toHaveLength(1);
});
