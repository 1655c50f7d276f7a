/** A stock Firefox, over WebDriver BiDi. */
import puppeteer from 'puppeteer-core';
import type { Json, Page } from './page.ts';

/** In software on a busy machine, a script may take its time. */
const PATIENCE_MS = 120_000;

export async function openWithBidi(executablePath: string): Promise<Page> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    // There is no WebGL without a window.
    headless: false,
    protocolTimeout: PATIENCE_MS,
    args: ['--width=1400', '--height=1000'],
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => {
    complaints.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`);
  });
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  const find = async (selector: string) => {
    const found = await page.$(selector);
    if (!found) throw new Error(`Nothing matches ${selector}.`);
    return found;
  };
  return {
    version: await browser.version(),
    goto: async (url) => {
      await page.goto(url, { waitUntil: 'load', timeout: PATIENCE_MS });
    },
    evaluate: async <A extends readonly Json[], T>(
      call: (...args: A) => T | Promise<T>,
      ...args: A
    ) => (await page.evaluate(`(${call.toString()})(...${JSON.stringify(args)})`)) as T,
    click: async (selector) => {
      await (await find(selector)).click();
    },
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    upload: async (selector, file) => {
      const input = await (await find(selector)).toElement('input');
      await input.uploadFile(file);
    },
    resize: (width, height) => page.setViewport({ width, height }),
    screenshot: () => page.screenshot(),
    complaints: () => complaints.splice(0),
    close: () => browser.close(),
  };
}
