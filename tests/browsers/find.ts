/** Where the browsers of the tests are: Chromium, Firefox, and WebKit, which is Safari's engine. */
import { existsSync, globSync } from 'node:fs';
import { firefox, webkit } from '@playwright/test';
import { existingChromium } from './chromium.ts';

export const KINDS = ['chromium', 'firefox', 'webkit'] as const;

export type Kind = (typeof KINDS)[number];

/**
 * A browser and how it is driven: `playwright` for Chromium and for Playwright's own builds, `bidi`
 * (WebDriver BiDi) for a stock Firefox, `webdriver` for WebKitGTK, whose driver starts the browser.
 */
export type Found =
  | { readonly by: 'playwright' | 'bidi'; readonly path: string }
  | { readonly by: 'webdriver'; readonly path: string; readonly driver: string };

const FIREFOX_PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';

/** WebKitGTK's own browser, of the newest interface that is installed. */
const miniBrowser = (): string | undefined =>
  globSync('/usr/{lib,libexec}/{,*/}webkit{2,}gtk-*/MiniBrowser').toSorted().at(-1);

const existing = (...paths: (string | undefined)[]): string | undefined =>
  paths.find((path) => path !== undefined && path !== '' && existsSync(path));

/** Whether a window can be opened: stock Firefox has WebGL only in one, MiniBrowser is one. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || existsSync('/usr/bin/Xvfb');

function findFirefox(): Found | undefined {
  const path = existing(process.env.FIREFOX_PATH, ...FIREFOX_PLACES);
  if (path !== undefined && hasDisplay()) return { by: 'bidi', path };
  const own = existing(firefox.executablePath());
  return own === undefined ? undefined : { by: 'playwright', path: own };
}

function findWebKit(): Found | undefined {
  const driver = existing(WEBKIT_DRIVER);
  const path = miniBrowser();
  if (driver !== undefined && path !== undefined && hasDisplay())
    return { by: 'webdriver', path, driver };
  const own = existing(webkit.executablePath());
  return own === undefined ? undefined : { by: 'playwright', path: own };
}

/** The browser of a kind that is there without installing anything, or undefined. */
export function findBrowser(kind: Kind): Found | undefined {
  if (kind === 'firefox') return findFirefox();
  if (kind === 'webkit') return findWebKit();
  const path = existingChromium();
  return path === undefined ? undefined : { by: 'playwright', path };
}
