import path from 'node:path';
import { expect, test } from 'vitest';
import type { Page } from './page.ts';
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
    // A page that is left while it loads its search complains of that in Firefox.
    await eventually(() => isThere(page(), field)).toBe(true);
  });
}
