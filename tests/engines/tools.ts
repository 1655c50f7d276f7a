import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import recount from '../fixtures/recount/expected.json' with { type: 'json' };
import type { Page } from './page.ts';
import { hasSearch } from './pages.ts';
import { eventually } from './poll.ts';

const textOf = (page: Page, selector: string): Promise<string | null> =>
  page.evaluate((css) => document.querySelector(css)?.textContent ?? null, selector);

const isThere = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((css) => document.querySelector(css) !== null, selector);

const focus = (page: Page, selector: string): Promise<void> =>
  page.evaluate((css) => {
    document.querySelector<HTMLElement>(css)?.focus();
  }, selector);

export function tools(page: () => Page): void {
  test('a checkpoint of each container opens', async () => {
    await page().goto('checkpoint/');
    await eventually(() => isThere(page(), '[data-checkpoint-input]:enabled')).toBe(true);
    for (const [file, container] of [
      ['weights/regnetx_002.tiny-imagenet-200.pth', 'PyTorch'],
      ['checkpoints/torchvision-legacy.pth', 'PyTorch legacy'],
      ['checkpoints/timm.safetensors', 'safetensors'],
    ] as const) {
      await page().upload('[data-checkpoint-input]', path.resolve('tests/fixtures', file));
      await eventually(() => textOf(page(), '.facts-list')).toContain(container);
      await eventually(() => textOf(page(), '#what')).toContain('RegNetX');
    }
  });

  test.each([
    ['PNGs, which every decoder reads alike, gives', 'png', 0],
    // What stands between two classes may fall to either side.
    ['JPEGs gives, to one picture,', 'jpg', 1],
  ])('a recount of %s PyTorch’s counts', async (_, ending, tolerance) => {
    const pictures = recount.pictures.filter(({ file }) => file.endsWith(`.${ending}`));
    const right = (among: number) =>
      pictures.filter(({ truth, top5 }) => top5.slice(0, among).includes(truth)).length;
    const folder = mkdtempSync(path.join(tmpdir(), 'recount-'));
    const archive = path.join(folder, 'pictures.tar');
    const names = pictures.map(({ file }) => file);
    execFileSync('tar', ['cf', archive, '-C', 'tests/fixtures/recount/pictures', ...names]);
    const shown = () =>
      page().evaluate(() => {
        const root = document.querySelector<HTMLElement>('[data-recount]');
        const [count = 0, top1 = 0, top5 = 0] = ['count', 'top1', 'top5'].map((name) =>
          Number(root?.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`)),
        );
        return { state: root?.dataset.state ?? '', count, top1, top5 };
      });
    try {
      await page().goto('recount/');
      await eventually(() => isThere(page(), '[data-pictures-input]:enabled')).toBe(true);
      await page().upload('[data-pictures-input]', archive);
      await eventually(async () => (await shown()).state).toMatch(/done|error/);
      const { state, count, top1, top5 } = await shown();
      expect({ state, count }).toEqual({ state: 'done', count: pictures.length });
      expect(Math.abs(top1 * count - right(1))).toBeLessThanOrEqual(tolerance + 1e-9);
      expect(Math.abs(top5 * count - right(5))).toBeLessThanOrEqual(tolerance + 1e-9);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('the sliders of /design/ redraw the network', async () => {
    await page().goto('design/');
    await eventually(() => isThere(page(), '[data-slider="depth"]:enabled')).toBe(true);
    expect(await textOf(page(), '[data-cost="flops"]')).toContain('199.0');
    await focus(page(), '[data-slider="depth"]');
    await page().press('ArrowRight');
    await eventually(() => page().evaluate(() => location.search)).toContain('d=14');
    expect(await textOf(page(), '[data-cost="flops"]')).not.toContain('199.0');
  });

  test('a passport opens and closes by key and by click', async () => {
    await page().goto('./');
    const figure = 'main button.figure';
    const open = () => page().evaluate(() => document.querySelectorAll(':popover-open').length);
    await focus(page(), figure);
    await page().press('Enter');
    await eventually(open).toBe(1);
    expect(await textOf(page(), ':popover-open')).toContain('Licence');
    await page().press('Escape');
    await eventually(open).toBe(0);
    await page().click(figure);
    await eventually(open).toBe(1);
  });

  test('search leads to a variant by an alias', async () => {
    await page().goto('guides/reading/');
    const [button, field] = ['site-search button[data-open-modal]', 'site-search dialog input'];
    await eventually(() => isThere(page(), `${button}:enabled`)).toBe(true);
    await page().click(button);
    await eventually(() => isThere(page(), field)).toBe(true);
    await page().click(field);
    await page().type('regnet_x_400mf');
    const link = 'dialog a[href*="/models/regnetx_004/"]';
    await eventually(() => textOf(page(), link)).toContain('RegNetX-400MF');
    await page().click(link);
    await eventually(() => page().evaluate(() => location.pathname)).toMatch(/models\/regnetx_004/);
    await eventually(() => page().evaluate(hasSearch)).toBe(true);
  });
}
