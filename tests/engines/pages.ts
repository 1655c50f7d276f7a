import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Page } from './page.ts';
import { eventually } from './poll.ts';

const sitemap = readFileSync('dist-e2e/regnetx/sitemap-0.xml', 'utf8');

/** Every page, relative to the base that it is built for. */
const PAGES = [...sitemap.matchAll(/<loc>https:\/\/example\.org\/regnetx\/([^<]*)<\/loc>/g)].map(
  ([, path]) => `./${path}`,
);

/** Whether the page has the last thing that it fetches by itself; Firefox complains of what is cut off. */
export const hasSearch = (): boolean =>
  performance.getEntriesByType('resource').some(({ name }) => name.includes('pagefind-ui'));

export function pages(page: () => Page): void {
  test('none scrolls sideways at 390 px, and none complains', async () => {
    await page().resize(390, 844);
    const wide: string[] = [];
    for (const path of PAGES) {
      await page().goto(path);
      await eventually(() => page().evaluate(hasSearch)).toBe(true);
      const overflow = await page().evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) wide.push(`${path} by ${overflow} px`);
    }
    expect(PAGES.length).toBeGreaterThan(20);
    expect(wide).toEqual([]);
  });
}
