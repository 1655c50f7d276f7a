import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Page } from './page.ts';
import { eventually } from './poll.ts';

const sitemap = readFileSync('dist-e2e/regnetx/sitemap-0.xml', 'utf8');

/** Every page, relative to the base that it is built for. */
const PAGES = [...sitemap.matchAll(/<loc>https:\/\/example\.org\/regnetx\/([^<]*)<\/loc>/g)].map(
  ([, path]) => `./${path}`,
);

export function pages(page: () => Page): void {
  test('none scrolls sideways at 390 px, and none complains', async () => {
    await page().resize(390, 844);
    const wide: string[] = [];
    for (const path of PAGES) {
      await page().goto(path);
      // The last thing that wakes up by itself.
      await eventually(() =>
        page().evaluate(
          () => document.querySelector('site-search button[data-open-modal]:enabled') !== null,
        ),
      ).toBe(true);
      const overflow = await page().evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) wide.push(`${path} by ${overflow} px`);
    }
    expect(PAGES.length).toBeGreaterThan(20);
    expect(wide).toEqual([]);
  });
}
