/** What must hold in every engine, on the built site. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { findBrowser, type Kind } from '../browsers/find.ts';
import { charts } from './charts.ts';
import { classifier } from './classifier.ts';
import { openPage } from './open.ts';
import { pages } from './pages.ts';
import type { Page } from './page.ts';
import { tools } from './tools.ts';

/** The page of the suite that runs, with addresses relative to the site's base. */
export type Open = () => Page;

/** What the page looked like when a test failed, for whoever looks into it. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = 'test-results/engines';
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name.replaceAll(/\W+/g, '-')}.png`, await page.screenshot());
}

export function suite(kind: Kind): void {
  // In CI all run: what is missing there fails when it is opened.
  if (findBrowser(kind) === undefined && process.env.CI === undefined) {
    test.skip(`there is no ${kind} on this machine, so that nothing was tried in it`);
    return;
  }
  describe(kind, () => {
    let opened: Page | undefined;
    const page: Open = () => {
      if (!opened) throw new Error('The browser did not open.');
      return opened;
    };
    beforeAll(async () => {
      opened = await openPage(kind, inject('site'));
      console.log(`In ${opened.version}.`);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await keepPicture(page(), `${kind} ${task.name}`);
      expect(page().complaints()).toEqual([]);
    });
    afterAll(() => opened?.close());

    describe('the classifier', () => {
      classifier(page);
    });
    describe('charts', () => {
      charts(page);
    });
    describe('tools', () => {
      tools(page);
    });
    describe('pages', () => {
      pages(page);
    });
  });
}
