import { findBrowser, type Found, type Kind } from '../browsers/find.ts';
import { openWithBidi } from './bidi.ts';
import type { Page } from './page.ts';
import { openWithPlaywright } from './playwright.ts';
import { openWithWebDriver } from './webdriver.ts';

/** Opens a page, whose addresses are relative to `site`, in a browser that `findBrowser` finds; throws where there is none. */
export async function openPage(kind: Kind, site: string): Promise<Page> {
  const found = findBrowser(kind);
  if (!found) throw new Error(`There is no ${kind} on this machine: run \`npm run browser\`.`);
  const page = await open(kind, found);
  return { ...page, goto: (address) => page.goto(new URL(address, site).href) };
}

function open(kind: Kind, found: Found): Promise<Page> {
  if (found.by === 'bidi') return openWithBidi(found.path);
  if (found.by === 'webdriver') return openWithWebDriver(found.path, found.driver);
  return openWithPlaywright(kind, found.path);
}
