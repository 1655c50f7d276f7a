/** What the built site has for machines, for those who share it, and on every page's margin. */
import { existsSync, readFileSync } from 'node:fs';
import { imageSize } from 'image-size';
import manifest from '../../package.json' with { type: 'json' };
import { models } from '../../src/zoo/models.ts';
import { PAGES } from './site.ts';
import { expect, test } from './test.ts';

const { version } = manifest;
const DIST = 'dist-e2e/regnetx/';
const SITE = 'https://example.org/regnetx/';

const read = (name: string) => readFileSync(DIST + name, 'utf8');
/** The one attribute of the one element that a pattern begins. */
const only = (html: string, pattern: string): string => {
  const found = [...html.matchAll(new RegExp(`<${pattern}="([^"]*)"`, 'g'))];
  expect(found, pattern).toHaveLength(1);
  return found[0]?.[1] ?? '';
};
const documentsOf = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)].map(
    ([, text]) => JSON.parse(text ?? '') as Record<string, unknown>,
  );

test('every page names its address, its picture and its Markdown, which are there', () => {
  for (const page of PAGES) {
    const path = page.replace(/^\.\//, '');
    const html = read(`${path}index.html`);
    expect(only(html, 'link rel="canonical" href')).toBe(SITE + path);
    const card = only(html, 'meta property="og:image" content');
    expect(card).toMatch(/^https:\/\/example\.org\/regnetx\/og\/.*\.png$/);
    const picture = readFileSync(DIST + card.slice(SITE.length));
    expect(imageSize(picture)).toMatchObject({ width: 1200, height: 630, type: 'png' });
    const markdown = only(html, 'link rel="alternate" type="text/markdown" href');
    const text = read(markdown.slice('/regnetx/'.length));
    expect(text).toMatch(/^# \S/);
    expect(text).toContain(`This page: ${SITE}${path}\n`);
    const prose = text.replaceAll(/^```.*?^```/gms, '');
    expect(prose).not.toMatch(/<(?:script|svg|astro-island)/);
    expect(read('llms.txt')).toContain(`/${markdown.slice(1)}`);
  }
});

test('robots find the list of pages; icons and structured data are there', () => {
  const [, sitemap = ''] = /^Sitemap: (\S+)$/m.exec(read('robots.txt')) ?? [];
  const [, list = ''] = /<loc>([^<]+)<\/loc>/.exec(read(sitemap.slice(SITE.length))) ?? [];
  expect(existsSync(DIST + list.slice(SITE.length))).toBe(true);

  const home = read('index.html');
  const touch = only(home, 'link rel="apple-touch-icon" href').slice('/regnetx/'.length);
  expect(imageSize(readFileSync(DIST + touch))).toMatchObject({ width: 180, height: 180 });
  expect(imageSize(readFileSync(`${DIST}favicon.png`))).toMatchObject({ width: 96, height: 96 });

  expect(documentsOf(home).map((one) => one['@type'])).toEqual(['SoftwareSourceCode', 'Dataset']);
  for (const { id } of models) {
    const [data] = documentsOf(read(`models/${id}/index.html`));
    expect(data).toMatchObject({ '@type': 'Dataset', url: `${SITE}models/${id}/`, version });
  }
});

test('every page ends with the version, and without a repository links to none', async ({
  page,
}) => {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ['./', './models/regnetx_004/', './guides/counts/', './404.html']) {
      await page.goto(path);
      await expect(page.getByText(`Version ${version}`)).toBeVisible();
      await expect(page.getByRole('link', { name: /repository|edit this page/i })).toHaveCount(0);
    }
  }
});

test('a model page lists what it holds at every width, and leads on', async ({ page }) => {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('./models/regnetx_004/');
    const contents = page.getByRole('navigation', { name: 'On this page' });
    const headings = await page.locator('.rx-columns h2[id]:visible').all();
    expect(headings.length).toBeGreaterThan(6);
    for (const heading of headings) {
      const id = (await heading.getAttribute('id')) ?? '';
      if (id !== 'try-it' || width < 1056)
        await expect(contents.locator(`a[href="#${id}"]`)).toBeVisible();
    }
    const jump = page.locator('main a.try');
    if (width === 360) await expect(jump).toBeInViewport();
    else await expect(jump).toBeHidden();
  }
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: 'Compare it with 600MF' })).toHaveAttribute(
    'href',
    '/regnetx/compare/?models=regnetx_004,regnetx_006',
  );
  await expect(main.getByRole('link', { name: 'How to read this page' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'How the classifier works' })).toBeVisible();
});

test('from the first page to a source by keyboard', async ({ page }) => {
  /** Presses the tab key until the focus is on what fits, as a reader would. */
  const reach = async (selector: string) => {
    for (let presses = 0; presses < 250; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
    }
    throw new Error(`The tab key does not lead to ${selector}.`);
  };
  const follow = async (selector: string, address: RegExp) => {
    await reach(selector);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(address);
  };

  await page.goto('./');
  await follow('a[href="#which-one"]', /#which-one$/);
  await follow(
    '#which-one ~ * a[href*="/models/"], section:has(#which-one) a[href*="/models/"]',
    /\/models\//,
  );
  await follow('header a[href$="/accuracy/"]', /\/accuracy\/$/);
  const here = page.getByRole('navigation', { name: 'Site' }).locator('[aria-current]');
  await expect(here).toHaveText('Accuracy');
  await follow('main a[href$="/audit/"]', /\/audit\/$/);
  await expect(here).toHaveText('Accuracy');
  await reach('button.figure');
  await page.keyboard.press('Enter');
  await reach('.passport:popover-open a');
  expect(await page.evaluate(() => (document.activeElement as HTMLAnchorElement).href)).toMatch(
    /^https:\/\/(?!example)/,
  );
});
