/** What the tests of official weights share: the hub, and the panel's parts. */
import { expect, type Locator, type Page } from '@playwright/test';
import pycls from '../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import type { Preprocessing } from '../../src/checkpoints/description.ts';
import { stagesOf } from '../../src/regnet/index.ts';
import { modelOf } from '../../src/zoo/models.ts';
import { startHub, type Hub } from './hub.ts';
import { inState as panelInState, panelOf } from './panel.ts';
import { predictInNode, seededCheckpoint } from './seeded-weights.ts';
import { test as base } from './test.ts';

export { panelOf };
export const ID = pycls.id;
export const PAGE = './models/regnetx_002/';
export const PICTURE = 'tests/fixtures/weights/espresso-coffee.png';
export const FILE = seededCheckpoint(stagesOf(modelOf('regnetx_002').design), 1);
/** Software rendering on a busy machine. */
export const PATIENCE = { timeout: 60_000 };

export const test = base.extend<object, { hub: Hub }>({
  // A service worker's pages come past `pointAt`.
  serviceWorkers: 'block',
  // No `beforeEach`: in a shared module it would count for one of the files only.
  page: async ({ page, hub }, use) => {
    hub.behave();
    await pointAt(page, hub);
    await use(page);
  },
  hub: [
    async ({}, use) => {
      const hub = await startHub();
      hub.put(ID, FILE);
      await use(hub);
      await hub.close();
    },
    { scope: 'worker' },
  ],
});
/** Serves the pages as a build with PUBLIC_WEIGHTS_BASE would: with another base address. */
export async function pointAt(page: Page, hub: Hub, replace: readonly [string, string][] = []) {
  await page.route(/\/(models\/\w+|checkpoint|recount)\/(\?.*)?$/, async (route) => {
    // The name under which nothing is kept is known to the browser alone.
    const url = route.request().url().replace('zoo.test', 'localhost');
    const response = await route.fetch({ url });
    // With the base address, the policy that the build writes for it.
    const hosts = [hub.origin, hub.origin.replace('127.0.0.1', 'localhost')].join(' ');
    const html = [
      ['https://huggingface.co https://*.hf.co', hosts] as const,
      ['https://huggingface.co', hub.origin] as const,
      ...replace,
    ].reduce((text, [from, to]) => text.replaceAll(from, to), await response.text());
    await route.fulfill({ response, body: html });
  });
}

export const alertIn = (page: Page): Locator => panelOf(page).getByRole('alert');
export const buttonOf = (page: Page, id = ID): Locator => page.locator(`[data-official="${id}"]`);
export const keptIn = (page: Page): Locator => page.locator('details.kept');
export const inState = (page: Page, state: string) => panelInState(page, state, PATIENCE);
export const downloads = (hub: Hub) =>
  hub.requests.filter((request) => request.startsWith('GET /cdn/'));

/** At least so many requests went on where the one before had stopped; none began anew. */
export function expectResumed(hub: Hub, times: number): void {
  const offsets = downloads(hub).map((request) => Number(/ bytes=(\d+)-$/.exec(request)?.[1] ?? 0));
  // What is on its way when a connection breaks may be lost, so there can be more of them.
  expect(offsets.length).toBeGreaterThan(times);
  expect(offsets).toEqual([...new Set(offsets)].toSorted((a, b) => a - b));
}

/** Opens the reference picture and compares the page's five rows with the CPU's in Node. */
export async function expectNodesAnswer(
  page: Page,
  file: Uint8Array,
  meaning: object,
): Promise<void> {
  await page.locator('[data-image-input]').setInputFiles(PICTURE);
  await expect(page.getByRole('img', { name: 'espresso-coffee.png, cropped' })).toBeVisible(
    PATIENCE,
  );
  const expected = await predictInNode(file, PICTURE, meaning as Preprocessing);
  const rows = await page.locator('[data-prediction]').evaluateAll((elements) =>
    elements.map((element) => ({
      index: Number(element.getAttribute('data-class-index')),
      probability: Number(element.getAttribute('data-probability')),
    })),
  );
  expect(rows.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
  for (const [i, { probability }] of rows.entries())
    expect(Math.abs(probability - (expected[i]?.probability ?? NaN))).toBeLessThanOrEqual(1e-4);
}
