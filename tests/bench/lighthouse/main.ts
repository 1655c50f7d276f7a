/**
 * `npm run lighthouse`: what Lighthouse says, with its defaults for phones, of one page of each kind
 * of the built site. `--json` for a report, `--repeats N` for the median of several runs, paths such
 * as `compare/` for these pages only. Ends with 1 when a page falls short of `LEAST`.
 */
import { parseArgs } from 'node:util';
import lighthouse from 'lighthouse';
import { launch } from 'puppeteer-core';
import { findChromium } from '../../browsers/chromium.ts';
import { serveSite } from './server.ts';

/** What every page must reach. */
const LEAST = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
type Category = keyof typeof LEAST;
const CATEGORIES = Object.keys(LEAST) as Category[];

const TIMES = {
  'first-contentful-paint': 'FCP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
  'speed-index': 'SI',
} as const;

/** Pages are drawn by the plain software compositor: WebGL in software would draw them, and slowly. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** One page of each kind. */
const KINDS = [
  ...['', 'models/regnetx_002/', 'models/regnetx_032/', 'compare/', 'design/', 'accuracy/'],
  ...['audit/', 'device/', 'recount/', 'checkpoint/', 'guides/design-space/', 'guides/data/'],
  '404.html',
];

interface Result {
  readonly scores: Readonly<Record<Category, number>>;
  /** Milliseconds. */
  readonly times: Readonly<Record<keyof typeof TIMES, number>>;
  readonly layoutShift: number;
  /** Audits that cost points outside of performance. */
  readonly failed: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '3' },
  },
});

const site = await serveSite();
const browser = await launch({ executablePath: findChromium(), args: FLAGS });
const port = Number(new URL(browser.wsEndpoint()).port);
const pages: ({ readonly page: string } & Result)[] = [];
try {
  for (const page of positionals.length > 0 ? positionals : KINDS) {
    const runs: Result[] = [];
    for (let run = 0; run < Number(values.repeats); run++)
      runs.push(await measure(site.url + page));
    const middle = runs.toSorted((a, b) => a.scores.performance - b.scores.performance)[
      Math.floor(runs.length / 2)
    ];
    if (!middle) continue;
    pages.push({ page, ...middle });
    if (!values.json) console.log(lineOf(page, middle));
  }
} finally {
  await browser.close();
  await site.close();
}
if (values.json) console.log(JSON.stringify({ schema: 1, least: LEAST, pages }, null, 2));
if (pages.some(({ scores }) => CATEGORIES.some((name) => scores[name] < LEAST[name])))
  process.exitCode = 1;

async function measure(url: string): Promise<Result> {
  const outcome = await lighthouse(url, { port, onlyCategories: CATEGORIES, logLevel: 'error' });
  if (!outcome) throw new Error(`Lighthouse gave no result for ${url}; run it again.`);
  const { categories, audits } = outcome.lhr;
  const entries = <K extends string>(keys: readonly K[], value: (key: K) => number) =>
    Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, number>;
  return {
    scores: entries(CATEGORIES, (name) => Math.round((categories[name]?.score ?? 0) * 100)),
    times: entries(Object.keys(TIMES) as (keyof typeof TIMES)[], (name) =>
      Math.round(audits[name]?.numericValue ?? NaN),
    ),
    layoutShift: audits['cumulative-layout-shift']?.numericValue ?? NaN,
    failed: CATEGORIES.filter((name) => name !== 'performance').flatMap((name) =>
      (categories[name]?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
        .map(({ id }) => id),
    ),
  };
}

function lineOf(page: string, { scores, times, layoutShift, failed }: Result): string {
  const points = CATEGORIES.map((name) => String(scores[name]).padStart(3)).join(' ');
  const ms = Object.entries(TIMES)
    .map(([name, short]) => `${short} ${times[name as keyof typeof TIMES]} ms`)
    .join(', ');
  return `${points}  ${`/${page}`.padEnd(24)} ${ms}, CLS ${layoutShift.toFixed(3)} ${failed.join(' ')}`;
}
