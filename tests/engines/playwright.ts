/** Chromium, and Playwright's own Firefox and WebKit. */
import * as playwright from '@playwright/test';
import { CHROMIUM_FLAGS } from '../browsers/chromium.ts';
import type { Kind } from '../browsers/find.ts';
import type { Json, Page } from './page.ts';

export async function openWithPlaywright(kind: Kind, executablePath: string): Promise<Page> {
  const browser = await playwright[kind].launch({
    executablePath,
    // Firefox has WebGL in a window only.
    headless: kind !== 'firefox',
    args: kind === 'chromium' ? CHROMIUM_FLAGS : [],
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return {
    version: `${kind} ${browser.version()}`,
    goto: async (url) => {
      await page.goto(url);
    },
    evaluate: <A extends readonly Json[], T>(call: (...args: A) => T | Promise<T>, ...args: A) =>
      page.evaluate<T>(`(${call.toString()})(...${JSON.stringify(args)})`),
    click: (selector) => page.locator(selector).first().click(),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    upload: (selector, file) => page.locator(selector).first().setInputFiles(file),
    resize: (width, height) => page.setViewportSize({ width, height }),
    screenshot: () => page.screenshot(),
    complaints: () => complaints.splice(0),
    close: () => browser.close(),
  };
}
