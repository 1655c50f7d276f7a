/** This device: the variants timed in the page, kept, shared; and a model's page timed without weights. */
import type { Page } from '@playwright/test';
import { modelOf } from '../../src/zoo/models.ts';
import { withRun, type DeviceRecord } from '../../src/zoo/device-record.ts';
import { packRecord } from '../../src/zoo/device-share.ts';
import { inState, panelOf, PATIENCE } from './panel.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';
import { expect, test } from './test.ts';

const ms = (page: Page, of: string): Promise<number> =>
  page.locator(`[${of}]`).getAttribute(of).then(Number);

/** Leaves WebAssembly alone ticked, once the page knows what this device has. */
async function computeOnWasm(page: Page): Promise<void> {
  await expect(page.locator('[data-time-on="wasm"]')).toBeChecked();
  const others = page.locator('[data-time-on]:checked:not([data-time-on="wasm"])');
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click();
    await expect(others).toHaveCount(left - 1);
  }
}

for (const id of ['regnetx_002', 'regnetx_040'])
  test(`${modelOf(id).name} is timed without weights, and the answer says so`, async ({ page }) => {
    const found = complaints(page);
    await page.goto(`./models/${id}/?backend=wasm`);
    await page.locator('[data-time-here]').click();
    await inState(page, 'done');
    await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'seeded');
    await expect(panelOf(page)).toHaveAttribute('data-backend', 'wasm');
    await expect(page.locator('[data-prediction]')).toHaveCount(0);
    await expect(panelOf(page)).toContainText('no predictions are shown');
    expect(await ms(page, 'data-first-ms')).toBeGreaterThan(0);
    expect(await ms(page, 'data-median-ms')).toBeGreaterThan(0);
    await expect(panelOf(page).locator('[data-stage-time]')).toHaveCount(6);
    if (id !== 'regnetx_002') return;
    // A picture takes its place back.
    await page.locator('[data-sample="red-panda"]').click();
    await expect(page.locator('[data-prediction]').first()).toHaveAttribute(
      'data-label',
      'lesser panda',
      PATIENCE,
    );
    await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'regnetx_002.tiny-imagenet-200');
    expect(found).toEqual([]);
  });

test('the device page times, is resumed, shares, compares and forgets', async ({ page }) => {
  const found = complaints(page);
  await page.goto('./device/');
  const timed = page.locator('[data-timed]');
  const start = page.locator('[data-start]');
  await computeOnWasm(page);
  await page.locator('[data-up-to]').selectOption('0');
  await start.click();
  await expect(timed).toHaveCount(1, PATIENCE);
  await expect(page.locator('[data-within-answer]')).toContainText('RegNetX-200MF');

  // What was timed is there after a reload, and is not timed again.
  await page.reload();
  await expect(timed).toHaveCount(1);
  const before = await timed.first().getAttribute('data-ms');
  await computeOnWasm(page);
  await page.locator('[data-up-to]').selectOption('2');
  await expect(start).toHaveText('Go on');
  await start.click();
  await expect(timed).toHaveCount(3, PATIENCE);
  expect(await timed.first().getAttribute('data-ms')).toBe(before);
  await expect(page.locator('[data-fit]')).toContainText('Over the 3 variants timed');
  await expectAccessibleInBothThemes(page, '[data-device]');

  await page.locator('[data-share]').click();
  const address = await page.locator('[data-address]').inputValue();
  expect(address).toMatch(/#r=z[\w-]+$/);

  // The design space knows this device now.
  await page.goto('./design/');
  await expect(page.locator('[data-device-time]')).toContainText('on WebAssembly');

  const theirs: DeviceRecord = {
    ...{ schema: 1, date: '2026-02-03', name: 'the other laptop', gpu: null, cores: 8 },
    ...{ software: 'Firefox 150 on Linux', runs: [], refusals: [] },
  };
  const run = { id: 'regnetx_004', way: 'wasm', firstMs: 20, medianMs: 12.5, passes: 20 };
  const packed = await packRecord(withRun(theirs, { ...run, stages: [] }, theirs.date));
  await page.goto(`./device/#r=${packed}`);
  await expect(page.locator('[data-other]')).toContainText('the other laptop');
  await expect(page.locator('[data-timed="regnetx_004"] [data-theirs]')).toHaveText('12.5 ms');
  await expect(timed).toHaveCount(3);

  await page.goto('./device/#r=zzzz');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('cannot be read');
  await page.locator('[data-forget]').click();
  await page.locator('[data-forget]').click();
  await expect(timed).toHaveCount(0);
  expect(found).toEqual([]);
});
