import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './tests/browsers/chromium.ts';

/** Any free port, the same for the server and for every worker of one run. */
const port = (process.env.E2E_PORT ??= String(20_000 + Math.floor(Math.random() * 20_000)));

export default defineConfig({
  testDir: 'tests/e2e',
  // The build under test is deployed under a base path, which nothing may forget.
  use: {
    baseURL: `http://localhost:${port}/regnetx/`,
    browserName: 'chromium',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
  },
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  // A machine that is shared may be several times slower than usual, for as long as it likes.
  expect: { timeout: 15_000 },
  // Software rendering on a busy machine: what fails once is tried again, and reported as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: [['list']],
  forbidOnly: process.env.CI !== undefined,
  webServer: {
    command: `sirv dist-e2e --host localhost --port ${port}`,
    url: `http://localhost:${port}/regnetx/`,
    timeout: 60_000,
  },
});
