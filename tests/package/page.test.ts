/** The package in a browser: from a script tag, in a worker of one's own, and built by Vite. */
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Browser, type Page, type Response } from '@playwright/test';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../browsers/chromium.ts';
import { expectRight } from './expected.ts';

const root = inject('consumer');
/**
 * Of all code that a page loads for a prediction in WebAssembly with safetensors from an address, compressed
 * by Brotli as hosts of packages do.
 */
const MOST_BYTES = 60_000;

let browser: Browser;
const servers: PreviewServer[] = [];

async function serve(outDir: string): Promise<string> {
  const server = await preview({
    ...{ root, configFile: false, appType: 'mpa', logLevel: 'error' },
    build: { outDir },
    preview: { host: 'localhost', port: 0 },
  });
  servers.push(server);
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The example could not be served.');
  return url;
}

async function resultOf(page: Page): Promise<string> {
  await page.waitForFunction(() => document.querySelector('pre')?.textContent !== '');
  return (await page.textContent('pre')) ?? '';
}

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
});

afterAll(async () => {
  await browser.close();
  for (const server of servers) await server.close();
});

test('a script tag: under 60 KB of code, and no TensorFlow.js, for WebAssembly', async () => {
  const url = await serve('.');
  const page = await browser.newPage();
  const code = new Map<string, Promise<Buffer>>();
  const note = (response: Response) => {
    if (response.url().includes('/node_modules/')) code.set(response.url(), response.body());
  };
  page.context().on('response', note);
  await page.goto(`${url}page/index.html`);
  expectRight(await resultOf(page));
  page.context().off('response', note);
  const bodies = await Promise.all(code.values());
  const bytes = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
  await page.goto(`${url}page/index.html?backend=webgl`);
  expectRight(await resultOf(page), 'webgl');
  await page.close();
});

test('a worker of one’s own', async () => {
  const page = await browser.newPage();
  await page.goto(`${await serve('.')}worker/index.html`);
  expectRight(await resultOf(page));
  await page.close();
});

test('built by Vite, as it comes', async () => {
  await build({
    root: `${root}/vite`,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { outDir: `${root}/built`, target: 'esnext' },
  });
  const page = await browser.newPage();
  await page.route(/\/(model\.safetensors|picture\.png)$/, (route) =>
    route.fulfill({ path: root + new URL(route.request().url()).pathname }),
  );
  await page.goto(await serve('built'));
  expectRight(await resultOf(page));
  await page.close();
});

test('the kernel in plain TensorFlow.js, built by Vite', async () => {
  await build({
    root: `${root}/tfjs`,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { outDir: `${root}/built-tfjs`, target: 'esnext', minify: false },
  });
  const page = await browser.newPage();
  await page.goto(await serve('built-tfjs'));
  const said = JSON.parse(await resultOf(page)) as { backend: string; largest: number };
  expect(said.backend).toBe('webgl');
  // 72 products a sum, in float32 of another order.
  expect(said.largest).toBeLessThan(1e-5);
  await page.close();
});
