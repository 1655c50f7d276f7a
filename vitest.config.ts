import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { ISOLATION } from './isolation.ts';
import { CHROMIUM_FLAGS, findChromium, WEBGPU_FLAGS } from './tests/browsers/chromium.ts';

/**
 * Tests that use WebGPU, by project. Each has a browser of its own, and the others have none with its
 * flags: there Chromium may hang once a page has lost its graphics processor.
 */
const WEBGPU = {
  'webgpu-operations': 'tests/browser/operationsWebgpu.test.ts',
  'webgpu-network': 'tests/browser/networkWebgpu.test.ts',
  'webgpu-variants': 'tests/browser/networkVariants.test.ts',
};

/** Tests in a real browser, each project in a process of its own. */
const inBrowser = (
  name: string,
  files: { include?: string[]; exclude?: string[] },
  flags: readonly string[] = [],
) => ({
  extends: true as const,
  server: { headers: ISOLATION },
  test: {
    name,
    include: ['tests/browser/**/*.test.{ts,tsx}'],
    ...files,
    testTimeout: 180_000,
    // Software rendering on two cores: one page at a time.
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: findChromium(),
          args: [...CHROMIUM_FLAGS, ...flags],
        },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
});

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['tests/package/*.test.ts'],
          globalSetup: 'tests/package/setup.ts',
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['tests/engines/**/*.test.ts'],
          globalSetup: 'tests/engines/setup.ts',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Software rendering on two cores: one browser at a time.
          fileParallelism: false,
        },
      },
      inBrowser('browser', { exclude: Object.values(WEBGPU) }),
      ...Object.entries(WEBGPU).map(([name, file]) =>
        inBrowser(name, { include: [file] }, WEBGPU_FLAGS),
      ),
    ],
  },
});
