/**
 * The command `npm run bench`: our engine beside its peers in one real Chromium, and beside what is
 * native. `--page` serves the same as a page instead, for one's own browser and GPU.
 */
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium, WEBGPU_FLAGS } from '../browsers/chromium.ts';
import { planOf } from './plan.ts';
import { serveBench } from './server.ts';
import { conditionsOf, failuresOf, tableOf } from './table.ts';
import type {} from './page/main.ts';
import type { Plan, Report } from './types.ts';

const USAGE =
  'npm run bench -- [--variants regnetx_002,…] [--engines ours/webgl,ort/webgl,…] [--repeats N] [--resolution N] [--json] [--page]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      variants: { type: 'string' },
      engines: { type: 'string' },
      repeats: { type: 'string' },
      resolution: { type: 'string' },
      json: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const plan = planOf(values);
  const server = await serveBench();
  if (values.page) {
    console.log(`Open ${server.url} and press Run; end with Ctrl+C.`);
    return;
  }
  try {
    const report = await measure(server.url, plan);
    if (values.json) console.log(JSON.stringify(report, null, 2));
    else
      console.log(
        [conditionsOf(report), '', tableOf(report), '', ...failuresOf(report)].join('\n'),
      );
  } finally {
    await server.close();
  }
}

async function measure(url: string, plan: Plan): Promise<Report> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_FLAGS, ...WEBGPU_FLAGS],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    await page.waitForFunction(() => window.runPlan !== undefined);
    // What goes on is told on a terminal; standard output is the report's alone.
    await page.exposeFunction('tellProgress', (text: string) => {
      if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
    });
    return await page.evaluate((given) => {
      if (!window.runPlan) throw new Error('The benchmark did not load.');
      return window.runPlan(given);
    }, plan);
  } finally {
    await browser.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
