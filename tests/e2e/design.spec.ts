import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { complaints } from './site.ts';

const field = (page: Page, key: string) => page.locator(`[data-parameter="${key}"]`);
const slider = (page: Page, key: string) => page.locator(`[data-slider="${key}"]`);
const facts = (page: Page) => page.locator('.rx-wide .rx-facts');

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`./design/${query}`, { waitUntil: 'networkidle' });
  await expect(field(page, 'depth')).toBeEnabled();
}

test('starts at 200MF, with an address of its own only after a change', async ({ page }) => {
  await open(page);
  await expect(page.locator('[data-cost="flops"]')).toHaveText('199.0 M', { useInnerText: true });
  await expect(page.getByRole('button', { name: '200MF' })).toHaveAttribute('aria-pressed', 'true');
  expect(new URL(page.url()).search).toBe('');
});

test('any state comes back from its address', async ({ page }) => {
  await open(page, '?d=20&w0=48&wa=30.5&wm=2.3&g=24');
  await expect(field(page, 'depth')).toHaveValue('20');
  await expect(field(page, 'wa')).toHaveValue('30.5');
  await expect(slider(page, 'wm')).toHaveValue('2.3');
  const cost = await page.locator('[data-cost="params"]').textContent();
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.locator('[data-cost="params"]')).toHaveText(cost ?? '');
  expect(new URL(page.url()).search).toBe('?d=20&w0=48&wa=30.5&wm=2.3&g=24');
});

test('a preset opens a variant, whose page and code it leads to', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: '4.0GF' }).click();
  await expect(facts(page)).toHaveCount(4);
  await expect(facts(page).nth(3)).toContainText('1,360');
  await expect(page).toHaveURL(/\?d=23&w0=96&wa=38\.65&wm=2\.43&g=40$/);
  await page.getByRole('radio', { name: 'torchvision' }).check();
  await expect(page.locator('[data-snippet="torchvision"]')).toContainText(
    '120 wide instead of 80',
  );
  await page.locator('.rx-costs').getByRole('link', { name: 'RegNetX-4.0GF' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('RegNetX-4.0GF');
});

test('the keyboard alone drags, types, walks the blocks and copies', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await slider(page, 'depth').focus();
  await page.keyboard.press('ArrowRight');
  await expect(field(page, 'depth')).toHaveValue('14');
  await expect(page.locator('.rx-costs')).toContainText('times the multiply-adds of', {
    useInnerText: true,
  });
  await field(page, 'groupWidth').fill('16');
  await expect(page).toHaveURL(/\?d=14&w0=24&wa=36\.44&wm=2\.49&g=16$/);
  await page.locator('.rx-wide [data-mark="0"]').focus();
  await page.keyboard.press('End');
  await expect(page.locator('.rx-readout-head')).toContainText('Block j = 13, in stage 4');
  await page.getByRole('button', { name: 'Copy the code for timm' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-snippet="timm"]')).toContainText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    'RegNetCfg(depth=14, w0=24, wa=36.44, wm=2.49, group_size=16)',
  );
});

test('what cannot exist is said, and the last picture stays', async ({ page }) => {
  await open(page);
  await field(page, 'w0').fill('20');
  await expect(page.locator('.rx-verdict')).toContainText(
    'w0 must be a positive multiple of 8, at most 65536, not 20.',
  );
  await expect(field(page, 'w0')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('[data-cost="flops"]')).toHaveText('199.0 M', { useInnerText: true });
  await field(page, 'w0').fill('32');
  await expect(page.locator('.rx-verdict')).toContainText('Within the paper’s space');
});

test('beyond the paper, the rule still gives a network', async ({ page }) => {
  await open(page, '?d=30&wm=1.5');
  await expect(page.locator('.rx-verdict')).toContainText('here it is 30');
  await expect(page.locator('.rx-verdict')).toContainText('wm at 2 or more; here it is 1.5');
  expect(await facts(page).count()).toBeGreaterThan(4);
});

test('a broken address opens what can be opened, and says so', async ({ page }) => {
  const errors = complaints(page);
  await open(page, '?d=many&w0=32&wm=1');
  await expect(page.locator('.rx-verdict')).toContainText('d is “many”, which is no number.');
  await expect(page.locator('.rx-verdict')).toContainText('wm must be a finite number greater');
  await expect(field(page, 'w0')).toHaveValue('32');
  await expect(field(page, 'depth')).toHaveValue('13');
  expect(errors).toEqual([]);
});

test('script a change with 30 blocks (reported, not judged: machines differ)', async ({ page }) => {
  await open(page, '?d=30');
  const times = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('[data-slider="wa"]');
    if (!input) throw new Error('There is no slider.');
    const durations: number[] = [];
    for (let i = 0; i < 100; i++) {
      input.value = String(20 + i * 0.3);
      const start = performance.now();
      input.dispatchEvent(new Event('input', { bubbles: true }));
      // Preact renders in a microtask: what follows this one runs after it.
      await Promise.resolve();
      await Promise.resolve();
      durations.push(performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    return durations.sort((a, b) => a - b);
  });
  await expect(field(page, 'wa')).toHaveValue('49.7');
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]?.toFixed(2) ?? '';
  const words = `median ${at(0.5)} ms, 95% ${at(0.95)} ms, worst ${at(1)} ms`;
  test.info().annotations.push({ type: 'script a change', description: words });
  console.log(`script a change with 30 blocks: ${words}`);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('200MF stands complete, with its code four times', async ({ page }) => {
    await page.goto('./design/');
    await expect(page.locator('.rx-design-space svg').first()).toBeVisible();
    await expect(page.locator('.rx-controls').first()).toBeHidden();
    await expect(page.locator('[data-snippet] code')).toHaveCount(4);
    for (const code of await page.locator('[data-snippet] code').all())
      await expect(code).toBeVisible();
    await expect(page.locator('main button:enabled:visible')).toHaveCount(0);
  });
});
