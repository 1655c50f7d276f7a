/** This device: the variants timed in the page, kept, shared. */
import type { Page } from '@playwright/test';
import { RUNGS, withRun, type DeviceRecord } from '../../src/zoo/device-record.ts';
import { packRecord } from '../../src/zoo/device-share.ts';
import { panelOf, PATIENCE } from './panel.ts';
import { complaints, expectAccessibleInBothThemes } from './site.ts';
import { expect, test } from './test.ts';

/** A device on which all but the smallest and the largest were timed, each in ten milliseconds. */
const nearlyAllTimed: DeviceRecord = RUNGS.slice(1, -1).reduce<DeviceRecord>(
  (record, { id }) => {
    const run = { id, way: 'wasm', firstMs: 20, medianMs: 10, passes: 20, stages: [] };
    return withRun(record, run, record.date);
  },
  {
    ...{ schema: 1, date: '2026-02-03', name: '', gpu: null, cores: 2, software: 'a browser' },
    ...{ runs: [], refusals: [] },
  },
);

/** Leaves WebAssembly alone ticked, once the page knows what this device has. */
async function computeOnWasm(page: Page): Promise<void> {
  await expect(page.locator('[data-time-on="wasm"]')).toBeChecked();
  const others = page.locator('[data-time-on]:checked:not([data-time-on="wasm"])');
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click();
    await expect(others).toHaveCount(left - 1);
  }
}

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

test('what a small device cannot run is told before and after, and the rest goes on', async ({
  page,
}) => {
  await page.addInitScript((kept) => {
    Object.defineProperty(navigator, 'deviceMemory', { value: 1, configurable: true });
    localStorage.setItem('rx-device', kept);
  }, JSON.stringify(nearlyAllTimed));
  const sentence =
    'The network takes about 0.6 GB of memory; this device has about 1 GB in all, likely too little for it.';
  await page.goto('./models/regnetx_320/?backend=wasm');
  const begin = page.locator('[data-time-here]');
  await expect(begin).toBeEnabled();
  await begin.press('Enter');
  await expect(page.locator('[data-time-doubt]')).toContainText(sentence, PATIENCE);
  await expectAccessibleInBothThemes(page, '[data-classifier]');
  await page.getByRole('button', { name: 'Leave it' }).press('Enter');
  await expect(begin).toBeVisible();
  await expect(panelOf(page)).toHaveAttribute('data-state', 'idle');

  await page.goto('./device/');
  await computeOnWasm(page);
  await expect(page.locator('[data-doubtful]')).toHaveText(
    `RegNetX-32GF on WebAssembly: ${sentence} Close what else is open, or take a smaller variant.`,
    PATIENCE,
  );
  const start = page.locator('[data-start]');
  await expect(start).toBeEnabled();
  await start.press('Enter');
  // The smallest is timed; the largest is not tried.
  await expect(page.locator('[data-timed]')).toHaveCount(11, PATIENCE);
  await expect(page.locator('[data-refusals]')).toContainText(`Not tried. ${sentence}`);
  await expect(page.locator('[data-doubtful]')).toHaveCount(0);
  await expectAccessibleInBothThemes(page, '[data-device]');
});
