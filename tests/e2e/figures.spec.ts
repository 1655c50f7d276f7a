import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { csvParse } from 'd3-dsv';
import { complaints, scrollThrough } from './site.ts';

const MODEL = './models/regnetx_002/';
const figureIn = (page: Page, panel: string): Locator =>
  page.locator(`[data-panel="${panel}"] figure.rx-chart`);
/** The title of a chart's picture, and a cell of its table: row, column, number. */
const CHARTS = [
  {
    panel: 'stage-widths',
    title: 'Stage widths of RegNetX-200MF',
    cell: ['block', '7', 'width', '368'],
  },
  {
    panel: 'flops',
    title: 'Where the multiply-adds of RegNetX-200MF go at 224 px',
    cell: ['layer', 'all', 'multiply-adds', '199040872'],
  },
] as const;

async function open(page: Page, path = MODEL): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await scrollThrough(page);
}

/** Presses a copy button by keyboard and waits for the words that follow. */
async function copy(figure: Locator, format: string, words: string | RegExp): Promise<void> {
  await figure.getByRole('button', { name: `Copy as ${format}` }).press('Enter');
  await expect(figure.locator('[data-figure-status]')).toHaveText(words);
}

const clipboardText = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** What an SVG is, to a browser that reads it on its own: on no page of the site, under no policy. */
async function parsed(page: Page, svg: string) {
  const blank = await page.context().newPage();
  const found = await blank.evaluate((text) => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      tag: root.tagName,
      size: [root.getAttribute('width'), root.getAttribute('height')].map(Number),
      title: root.querySelector('title')?.textContent,
      ground: root.querySelector('rect')?.getAttribute('fill'),
      texts: root.querySelectorAll('text').length,
      styled: root.querySelectorAll('[class], [style*="var("], g[style]').length,
      font: root.querySelector('style')?.textContent.slice(0, 30),
    };
  }, svg);
  await blank.close();
  return found;
}

test.describe('copying', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'], colorScheme: 'dark' });

  for (const { panel, title, cell } of CHARTS) {
    test(`${panel} as a light SVG that needs nothing of the site`, async ({ page }) => {
      await open(page);
      await copy(figureIn(page, panel), 'SVG', 'Copied as SVG.');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      const svg = await clipboardText(page);
      expect(svg).not.toContain('var(--');
      expect(svg).not.toMatch(/color\(|rgb\(|transparent/);
      const found = await parsed(page, svg);
      expect(found).toMatchObject({ tag: 'svg', title, ground: '#fdfdfb', styled: 0 });
      expect(found.font).toBe('@font-face{font-family:"Figure');
      expect(found.texts).toBeGreaterThan(20);
      expect(svg).toContain('/models/regnetx_002/');
    });

    test(`${panel} as a PNG of twice its size`, async ({ page }) => {
      await open(page);
      const figure = figureIn(page, panel);
      await copy(figure, 'PNG', 'Copied as PNG.');
      const png = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const blob = await item?.getType('image/png');
        return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())];
      });
      const bytes = Buffer.from(png);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      await copy(figure, 'SVG', 'Copied as SVG.');
      const { size } = await parsed(page, await clipboardText(page));
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual(size.map((n) => 2 * n));
    });

    test(`${panel} as a CSV with the exact numbers`, async ({ page }) => {
      await open(page);
      await copy(figureIn(page, panel), 'CSV', 'Copied as CSV.');
      const [key, row, column, value] = cell;
      const found = csvParse(await clipboardText(page)).find((line) => line[key] === row);
      expect(found?.[column]).toBe(value);
    });
  }

  test('holds the unit that is shown', async ({ page }) => {
    await open(page);
    await page.getByRole('switch', { name: 'FLOPs (2x)' }).first().check();
    const figure = figureIn(page, 'flops');
    await copy(figure, 'CSV', 'Copied as CSV.');
    const table = csvParse(await clipboardText(page));
    expect(table.columns).not.toContain('multiply-adds');
    expect(table.find((line) => line.layer === 'all')?.['FLOPs (2x)']).toBe('398081744');
    await copy(figure, 'SVG', 'Copied as SVG.');
    const svg = await clipboardText(page);
    expect(svg).toContain('398.1\u00a0M');
    expect(svg).not.toContain('199.0\u00a0M');
  });

  test('works for charts that never hydrate, and for several drawings in one', async ({ page }) => {
    await open(page, './guides/design-space/');
    await copy(page.locator('figure.rx-chart').first(), 'SVG', 'Copied as SVG.');
    expect((await parsed(page, await clipboardText(page))).tag).toBe('svg');
    await open(page, './compare/?models=regnetx_002,regnetx_004,regnetx_008');
    await copy(page.locator('.rx-compare-widths'), 'SVG', 'Copied as SVG.');
    expect((await parsed(page, await clipboardText(page))).title).toBe(
      'Stage widths of RegNetX-200MF above, RegNetX-400MF below; Stage widths of RegNetX-200MF above, RegNetX-800MF below',
    );
  });

  test('says in a sentence what went wrong', async ({ page }) => {
    await page.route(/\/make\.[^/]*\.js$/, (route) => route.abort());
    await open(page);
    await copy(
      figureIn(page, 'flops'),
      'CSV',
      /^The CSV could not be made\. Reload the page and try again\. \(.+\)$/,
    );
  });
});

test('where nothing may be copied, a file is saved instead', async ({ page }) => {
  const errors = complaints(page);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await open(page);
  const figure = figureIn(page, 'flops');
  const name = 'where-the-multiply-adds-of-regnetx-200mf-go-at-224-px.csv';
  const download = page.waitForEvent('download');
  await copy(figure, 'CSV', `This browser does not let the page copy it: saved as ${name}.`);
  const file = await download;
  expect(file.suggestedFilename()).toBe(name);
  const table = csvParse(await readFile(await file.path(), 'utf8'));
  expect(table.find((line) => line.layer === 's1.b1.conv2')?.['multiply-adds']).toBe('5419008');
  expect(errors).toEqual([]);
});

test.describe('on paper', () => {
  test.use({ colorScheme: 'dark' });

  test('charts are light, and nothing stands there that one would press', async ({ page }) => {
    await open(page);
    await figureIn(page, 'stage-widths').getByText('Data table').click();
    await page.emulateMedia({ media: 'print' });
    for (const panel of ['stage-widths', 'flops', 'accuracy'])
      await expect(figureIn(page, panel).locator('svg:visible').first()).toBeVisible();
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe('rgb(253, 253, 251)');
    await expect(page.locator('main :is(button, input, select):visible:not(.figure)')).toHaveCount(
      0,
    );
    await expect(page.getByRole('navigation', { name: 'Site' })).toBeHidden();
    await expect(page.locator('[data-panel="classifier"]')).toBeHidden();
    await expect(figureIn(page, 'stage-widths').locator('table')).toBeVisible();
    await expect(figureIn(page, 'flops').locator('.rx-data')).toBeHidden();
    const cut = await page
      .locator('.rx-drawing')
      .evaluateAll((all) => all.filter((e) => getComputedStyle(e).breakInside !== 'avoid').length);
    expect(cut).toBe(0);
  });
});

test('arrow keys walk the stages of a comparison', async ({ page }) => {
  await open(page, './compare/?models=regnetx_004,regnetx_008');
  const figure = page.locator('.rx-compare-widths');
  await figure.locator('.rx-wide [role="option"][tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(figure.locator('.rx-readout')).toContainText('Stage 3');
  await expect(figure.locator('.rx-readout')).toContainText('18 groups of 16');
  await page.keyboard.press('Escape');
  await expect(figure.locator('.rx-readout')).toContainText('All stages');
});

test('arrow keys walk the marks of charts that never hydrate', async ({ page }) => {
  await open(page);
  const figure = figureIn(page, 'accuracy');
  await figure.locator('svg:visible').focus();
  await page.keyboard.press('ArrowDown');
  await expect(figure.locator('[data-figure-status]')).toHaveText(
    '200MF: \u22120.70 points, outside of ±0.58; with the luck of training ±0.63',
  );
  await page.keyboard.press('ArrowDown');
  await expect(figure.locator('[data-figure-status]')).toContainText('400MF');
  await expect(figure.locator('svg:visible [data-mark][data-chosen]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(figure.locator('[data-figure-status]')).toHaveText('');
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 800 } });

  test('a tap on a block lights it in both charts of the page', async ({ page }) => {
    await open(page);
    await figureIn(page, 'stage-widths').locator('.rx-narrow [data-mark="7"]').tap();
    await expect(figureIn(page, 'flops').locator('.rx-readout')).toContainText(
      'Stage 4, block 2, at 224 px',
    );
    await figureIn(page, 'flops').locator('.rx-narrow [data-mark="0"]').tap();
    await expect(figureIn(page, 'stage-widths').locator('.rx-readout')).toContainText(
      'The whole network',
    );
  });
});
