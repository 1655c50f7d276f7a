/**
 * `npm run bench:recount-page`: counts an archive of many small pictures in the built page, in
 * Chromium, and samples the memory of its process meanwhile: it must not grow with the pictures.
 * RegNetX-200MF in WebAssembly on squares of 64 pixels; `--pictures N`, `--every N` pictures a
 * sample, `--json` for a report. The script builds the site before.
 */
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import sharp from 'sharp';
import { preview } from 'vite';
import { ISOLATION } from '../../../isolation.ts';
import { CHROMIUM_FLAGS, findChromium } from '../../browsers/chromium.ts';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '50000' },
    every: { type: 'string', default: '2500' },
    json: { type: 'boolean', default: false },
  },
});
const [pictures, every] = [values.pictures, values.every].map(Number);
if (!pictures || !every) throw new Error('--pictures and --every are numbers from 1.');

const SIDE = 64;
/** So many different pictures are repeated. */
const DIFFERENT = 300;
const WNIDS = readFileSync('content/labels/tiny-imagenet-200.tsv', 'utf8')
  .split('\n')
  .flatMap((line) => /\bn\d{8}\b/.exec(line)?.[0] ?? []);

/** JPEG files of noise over a slope of colour: no two are alike, and they compress like pictures. */
function makePictures(): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: DIFFERENT }, (_, i) => {
      const raw = Buffer.alloc(SIDE * SIDE * 3);
      for (let at = 0; at < raw.length; at++)
        raw[at] = ((at * (1 + (i % 7))) >> 6) + (Math.imul(at + i * 7919, 2654435761) >>> 27);
      return sharp(raw, { raw: { width: SIDE, height: SIDE, channels: 3 } })
        .jpeg({ quality: 80 })
        .toBuffer();
    }),
  );
}

/** A block of tar that begins an entry (ustar). */
function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.fill(' ', 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

async function writeTar(file: string, count: number): Promise<void> {
  const contents = await makePictures();
  const out = createWriteStream(file);
  for (let i = 0; i < count; i++) {
    const content = contents[i % contents.length] ?? Buffer.alloc(0);
    const name = `val/${WNIDS[i % WNIDS.length] ?? ''}/${String(i).padStart(8, '0')}.JPEG`;
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    if (!out.write(Buffer.concat([headerOf(name, content.length), content, padding])))
      await once(out, 'drain');
  }
  out.end(Buffer.alloc(1024));
  await once(out, 'finish');
}

interface Sample {
  readonly counted: number;
  readonly seconds: number;
  /** Resident memory of the page's process, in bytes. */
  readonly resident: number;
  /** What the browser says of the page and its threads, after collecting; null where nobody asked, since it takes a while. */
  readonly page: number | null;
}

/** The page's process is the renderer with most memory. */
async function residentOf(browser: CDPSession): Promise<number> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      const [, kilobytes = '0'] =
        /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
      return 1024 * Number(kilobytes);
    });
  return Math.max(...sizes);
}

const saidBy = (page: Page): Promise<number | null> =>
  page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
      measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
    };
    const late = new Promise<null>((resolve) => setTimeout(resolve, 30_000, null));
    const measured = measure?.call(performance).then(({ bytes }) => bytes);
    return (await Promise.race([measured, late])) ?? null;
  });

/** The protocol of small squares, as a visitor sets it. */
async function chooseProtocol(page: Page): Promise<void> {
  await page.locator('select[data-protocol]').selectOption('own');
  for (const label of ['Centre crop, px', 'Shorter side, px']) {
    const field = page.getByLabel(label);
    await field.fill(String(SIDE));
    await field.press('Tab');
  }
}

async function count(page: Page, browser: CDPSession, tar: string): Promise<Sample[]> {
  await chooseProtocol(page);
  const samples: Sample[] = [];
  const start = performance.now();
  await page.locator('[data-pictures-input]').setInputFiles(tar);
  const state = page.locator('[data-recount]');
  for (let next = 1; ;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const phase = await state.getAttribute('data-state');
    if (phase === 'error') throw new Error((await state.getByRole('alert').textContent()) ?? '');
    const shown = page.locator('[data-count]');
    const counted = (await shown.count()) && Number(await shown.getAttribute('data-count'));
    if (counted < next && phase !== 'done') continue;
    const resident = await residentOf(browser);
    const seconds = (performance.now() - start) / 1000;
    const said = phase === 'done' || samples.length % 4 === 0 ? await saidBy(page) : null;
    samples.push({ counted, seconds, resident, page: said });
    console.error(
      `${counted} pictures, ${Math.round(seconds)} s, ${Math.round(resident / 1e6)} MB`,
    );
    if (phase === 'done') return samples;
    next = (Math.floor(counted / (every ?? 1)) + 1) * (every ?? 1);
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'recount-page-'));
const server = await preview({
  configFile: false,
  appType: 'mpa',
  logLevel: 'error',
  build: { outDir: 'dist-e2e' },
  preview: { host: 'localhost', port: 0, headers: ISOLATION },
});
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
  const tar = path.join(folder, 'pictures.tar');
  await writeTar(tar, pictures);
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}regnetx/recount/?backend=wasm`);
  const samples = await count(page, await browser.newBrowserCDPSession(), tar);
  const { size } = statSync(tar);
  if (values.json) console.log(JSON.stringify({ schema: 1, pictures, bytes: size, samples }));
  else
    console.table(
      samples.map(({ counted, seconds, resident, page: said }) => ({
        counted,
        seconds: Math.round(seconds),
        'process, MB': Math.round(resident / 1e6),
        'by the browser, MB': said === null ? '' : Math.round(said / 1e6),
      })),
    );
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
