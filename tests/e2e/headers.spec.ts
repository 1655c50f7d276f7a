/** The site on a host that sends what `_headers` says: workers are then under the policy as well. */
import { expect, test as base } from './test.ts';
import { FIRST, startHost, type Host } from './deployments.ts';
import { best, inState } from './panel.ts';

const test = base.extend<{ reports: string[]; host: Host }>({
  reports: [
    async ({}, use) => {
      const reports: string[] = [];
      await use(reports);
      expect(reports).toEqual([]);
    },
    { auto: true },
  ],
  host: async ({ reports }, use) => {
    const host = await startHost(FIRST, {
      headers: true,
      onReport: (report) => reports.push(report),
    });
    await use(host);
    await host.close();
  },
});

test('every file has the headers, and only hashed names are kept for ever', async ({ host }) => {
  for (const path of ['', 'models/regnetx_002/', 'offline.js', 'api/models.json']) {
    const { headers } = await fetch(host.site + path);
    expect(headers.get('Content-Security-Policy')).toMatch(/; frame-ancestors 'none'/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cross-Origin-Embedder-Policy')).toBe('credentialless');
    expect(headers.get('Cache-Control')).toBeNull();
  }
});

test('no other page may frame it', async ({ page, host, reports, violations }) => {
  await page.goto(host.site);
  await page.setContent(`<iframe src="${host.site}design/"></iframe>`);
  await expect.poll(() => reports.length + violations.length).toBeGreaterThan(0);
  expect(page.frames()[1]?.url()).not.toContain('/design/');
  reports.splice(0);
  violations.splice(0);
});

for (const way of ['webgl', 'wasm', 'cpu'])
  test(`the classifier answers on ${way}, in a worker under the policy`, async ({ page, host }) => {
    await page.goto(`${host.site}models/regnetx_002/`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.locator('select[data-way]').selectOption(way);
    await page.locator('[data-sample="espresso-coffee"]').click();
    await inState(page, 'done');
    await expect(best(page)).toHaveAttribute('data-label', 'espresso');
    expect(page.workers().length).toBeGreaterThan(0);
  });

test('a worker that breaks the policy would be reported', async ({ page, host, reports }) => {
  await page.goto(`${host.site}models/regnetx_002/`);
  await page.locator('[data-sample="espresso-coffee"]').click();
  await inState(page, 'done');
  const [worker] = page.workers();
  const outcome = await worker?.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'came',
      () => 'blocked',
    ),
  );
  expect(outcome).toBe('blocked');
  await expect.poll(() => reports.join()).toContain('connect-src');
  reports.splice(0);
});
