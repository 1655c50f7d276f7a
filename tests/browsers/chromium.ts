import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Flags that give WebGL2 in software on a machine without a GPU, and keep the browser off the network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * And WebGPU, in software too. By the extension that the last flag turns off, SwiftShader clears a
 * workgroup's memory value by value in code that takes it a second to compile; without it, the shader
 * compiler's own loop clears it, in milliseconds.
 */
export const WEBGPU_FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium that is there without installing anything, or undefined. */
export function existingChromium(): string | undefined {
  const own = chromium.executablePath();
  return [process.env.CHROME_PATH, own, ...USUAL_PLACES].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/**
 * The Chromium that the tests run in: CHROME_PATH, Playwright's own, or one in a usual place.
 * Throws when there is none; `npm test` installs one first.
 */
export function findChromium(): string {
  const found = existingChromium();
  if (found === undefined)
    throw new Error(
      'No Chromium found. Run `npm run browser`, or set CHROME_PATH to a Chromium or Chrome.',
    );
  return found;
}
