import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { models } from '../../src/zoo/models.ts';

/** Every page of the built site, as paths relative to its base. */
export const PAGES: readonly string[] = [
  ...readFileSync('dist-e2e/regnetx/sitemap-0.xml', 'utf8').matchAll(/<loc>([^<]*)<\/loc>/g),
].map(([, url]) => (url ?? '').replace('https://example.org/regnetx/', './'));

/** The pages of the twelve variants. */
export const MODEL_PAGES: readonly string[] = models.map(({ id }) => `./models/${id}/`);

/** One page of each kind: all, but of the twelve variants only those that differ in what they offer. */
export const KINDS: readonly string[] = PAGES.filter(
  (path) => !path.startsWith('./models/') || /regnetx_(002|004|320)/.test(path),
);

/** Collects what a page complains about: uncaught errors, console errors, failed requests. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) found.push(`${response.status()} ${response.url()}`);
  });
  return found;
}

/** Fails unless axe finds nothing on the page, or in the part that a selector names, as it is now. */
export function expectAccessible(page: Page, part?: string): Promise<void> {
  // Not on by default: WCAG 2.2 wants targets of 24 by 24 pixels, or room around them.
  const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } });
  return expectNothing(part === undefined ? axe : axe.include(part));
}

/** The same of what depends on colours alone, for a page that was looked at in the other theme. */
export function expectReadable(page: Page): Promise<void> {
  return expectNothing(
    new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']),
  );
}

async function expectNothing(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const told = violations.map(({ id, nodes }) => [
    id,
    nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`),
  ]);
  expect(told).toEqual([]);
}

/** `expectAccessible` in the light theme and in the dark one. */
export async function expectAccessibleInBothThemes(page: Page, part?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, part);
  }
}

/** Scrolls to the end in steps, so that everything that waits to be visible wakes up. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      window.scrollTo(0, y);
      await pause();
    }
    window.scrollTo(0, 0);
    await pause();
  });
  await page.waitForLoadState('networkidle');
}
