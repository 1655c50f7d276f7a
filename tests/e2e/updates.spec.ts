/**
 * The service worker over two deployments, and on a network that stalls. These tests run after all
 * others: they build the site once more, which leaves those little of two cores.
 */
import type { Page } from '@playwright/test';
import { BASE, buildIn, buildNext, FIRST, startHost, type Host } from './deployments.ts';
import { expectAccessibleInBothThemes } from './site.ts';
import { expect, test as base } from './test.ts';

const NEXT = 'test-results/next-deployment';
const PATIENCE = { timeout: 20_000 };

const test = base.extend<{ host: Host }, { builds: { first: string; next: string } }>({
  builds: [
    async ({}, use) => {
      await buildNext(NEXT);
      await use({ first: await buildIn(FIRST), next: await buildIn(NEXT) });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  host: async ({}, use) => {
    const host = await startHost(FIRST);
    await use(host);
    await host.close();
  },
});
// One worker builds once.
test.describe.configure({ mode: 'serial' });

const buildOf = (page: Page) => page.locator('html').getAttribute('data-build');
const noticeOf = (page: Page) => page.locator('.rx-update');

/** Puts the site under its service worker, as a page does that keeps its first weights. */
async function keepSite(page: Page, host: Host): Promise<void> {
  await page.goto(host.site);
  await page.evaluate(async (scope) => {
    await caches.open(`regnetx-pages ${new URL(scope, location.href).href}`);
    await navigator.serviceWorker.register(`${scope}offline.js`, { scope });
    await navigator.serviceWorker.ready;
  }, BASE);
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), PATIENCE)
    .toBe(true);
}

/** Paths below the base of everything that is kept. */
const keptPaths = (page: Page) =>
  page.evaluate(async (scope) => {
    const keys = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    );
    return keys.flat().map(({ url }) => url.slice(url.indexOf(scope) + scope.length));
  }, BASE);

/** Whether a worker is installed that takes the place of the one in use once no page is open. */
const hasNewWorker = (page: Page) =>
  page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));

/** Opens pages, each until it is kept. */
async function visit(page: Page, host: Host, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(host.site + path);
    await expect.poll(() => keptPaths(page), PATIENCE).toContain(path.replace(/\?.*/, ''));
  }
}

test('after a new deployment no page of the old one is shown, and pages that were kept are renewed', async ({
  page,
  context,
  host,
  builds,
}) => {
  await keepSite(page, host);
  await visit(page, host, 'guides/counts/?from=elsewhere', 'design/', 'compare/');
  expect(await buildOf(page)).toBe(builds.first);
  const gone = `${host.site}_astro/gone.D4x0a1B2.js`;
  await page.evaluate(async (url) => {
    for (const name of await caches.keys())
      await (await caches.open(name)).put(url, new Response('// What an older deployment had.'));
  }, gone);

  host.deploy(NEXT);
  await visit(page, host, 'compare/');
  expect(await buildOf(page)).toBe(builds.next);
  // What only the old deployment had is gone, all code of the new one is there.
  const listed = await page.evaluate(async (scope) => {
    const worker = await (await fetch(`${scope}offline.js`, { cache: 'no-store' })).text();
    return (JSON.parse(/BUILD = (\{.*\});/.exec(worker)?.[1] ?? '') as { files: string[] }).files;
  }, BASE);
  const ours = listed.filter((file) => file.startsWith('_astro/'));
  await expect.poll(() => hasNewWorker(page), PATIENCE).toBe(true);
  const kept = await keptPaths(page);
  expect(kept).toEqual(expect.arrayContaining(ours));
  expect(kept.filter((path) => path !== '?build' && !listed.includes(path))).toEqual([]);

  await context.setOffline(true);
  for (const path of [
    'guides/counts/',
    'guides/counts/?from=elsewhere',
    'design/?d=20',
    'compare/',
  ]) {
    await page.goto(host.site + path);
    expect(await buildOf(page)).toBe(builds.next);
  }
});

test('it is so even while the new service worker cannot be had', async ({
  page,
  context,
  host,
  builds,
}) => {
  await keepSite(page, host);
  await visit(page, host, 'guides/counts/', 'compare/');
  host.deploy(NEXT);
  host.refuse(/offline\.js$/);
  await visit(page, host, 'compare/?models=regnetx_002,regnetx_004');
  await expect
    .poll(() =>
      page.evaluate(async () => (await caches.match(`${location.origin}/regnetx/?build`))?.text()),
    )
    .toBe(builds.next);

  await context.setOffline(true);
  await page.goto(`${host.site}compare/`);
  expect(await buildOf(page)).toBe(builds.next);
  await expect(page.goto(`${host.site}guides/counts/`)).rejects.toThrow();
});

test('on a stalled network a kept page is shown after three seconds, and says what came later', async ({
  page,
  host,
  builds,
}) => {
  await keepSite(page, host);
  await visit(page, host, 'guides/counts/', 'compare/');
  host.deploy(NEXT);
  host.stall(/./);
  const start = performance.now();
  await page.goto(`${host.site}guides/counts/`, { waitUntil: 'load' });
  const seconds = (performance.now() - start) / 1000;
  expect(await buildOf(page)).toBe(builds.first);
  expect(seconds).toBeGreaterThan(2.9);
  // The page alone waits: what it loads comes from the copy at once.
  expect(seconds).toBeLessThan(10);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(noticeOf(page)).toHaveCount(0);

  host.stall(null);
  await expect(noticeOf(page)).toContainText('has been updated', PATIENCE);
});

test('a page that is open says that there is a new deployment, and reloads', async ({
  page,
  context,
  host,
  builds,
}) => {
  await keepSite(page, host);
  await visit(page, host, 'guides/counts/');
  host.deploy(NEXT);
  const other = await context.newPage();
  await other.goto(`${host.site}compare/`);
  await expect(noticeOf(page)).toContainText('has been updated', PATIENCE);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 360, height: 640 });
  const box = await noticeOf(page).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  // The page of the new deployment has nothing to say.
  await other.waitForLoadState('networkidle');
  await expect(noticeOf(other)).toHaveCount(0);

  await noticeOf(page).getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-build', builds.next, PATIENCE);
  await expect(noticeOf(page)).toHaveCount(0);
});

test('it says so as well when only the browser looked for a new service worker', async ({
  page,
  host,
}) => {
  await keepSite(page, host);
  host.deploy(NEXT);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(noticeOf(page)).toContainText('has been updated', PATIENCE);
  await noticeOf(page).getByRole('button', { name: 'Later' }).click();
  await expect(noticeOf(page)).toHaveCount(0);
});
