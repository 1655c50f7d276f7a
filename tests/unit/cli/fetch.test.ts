/** `regnetx fetch` against a server that plays the hub. */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundledCheckpointSchema, descriptionSchema } from '../../../src/checkpoints/index.ts';
import { parametersOf } from '../../../src/checkpoints/parameters.ts';
import { readSafetensors, writeSafetensors } from '../../../src/checkpoints/safetensors.ts';
import { progressLine } from '../../../src/cli/progress-bar.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import { sha256Of, startHub, type Hub } from '../../e2e/hub.ts';
import { seededValues } from '../../seeded.ts';
import { inTemporaryFolder, regnetx, ROOT } from './run.ts';

const ID = 'regnetx_002.pycls_in1k';
const HOSTED = 'regnetx_002.imagenet-1k.timm';
const CACHE = path.join(ROOT, 'node_modules/.cache/regnetx');

/** What timm publishes of RegNetX-200MF, with values of a seed. */
const WHOLE = writeSafetensors(
  networkOf(modelOf('regnetx_002').design).layers.flatMap((layer) =>
    parametersOf(layer).map(({ name, shape }) => {
      const length = shape.reduce((product, size) => product * size, 1);
      return { name, shape, dtype: 'F32' as const, values: () => seededValues(length, 11) };
    }),
  ),
  { format: 'pt' },
);

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
  hub.put(ID, WHOLE);
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.behave();
  rmSync(CACHE, { recursive: true, force: true });
});

/** Runs the body with a site of its own, which has the class names. */
const inSite = (body: (site: string) => Promise<void>) =>
  inTemporaryFolder(async (site) => {
    mkdirSync(path.join(site, 'content'));
    cpSync(path.join(ROOT, 'content/labels'), path.join(site, 'content/labels'), {
      recursive: true,
    });
    await body(site);
  });

const fetchInto = (site: string, ...more: string[]) =>
  regnetx(['fetch', 'regnetx_002', '--base', hub.origin, '--site', site, ...more]);

test('downloads, checks, converts, and writes the entry', () =>
  inSite(async (site) => {
    const { code, stdout, stderr } = await fetchInto(site, '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ id: HOSTED, check: 'whole', dtype: 'f16' });
    const file = readFileSync(path.join(site, `public/weights/${HOSTED}.safetensors`));
    const entry = bundledCheckpointSchema.parse(
      JSON.parse(readFileSync(path.join(site, `content/checkpoints/${HOSTED}.json`), 'utf8')),
    );
    expect(entry).toMatchObject({ variant: 'regnetx_002', classes: 1000, bytes: file.length });
    expect(entry.sha256).toBe(sha256Of(file));
    const { metadata } = readSafetensors(file);
    const description = descriptionSchema.parse(JSON.parse(metadata.regnetx ?? ''));
    expect(description.accuracy[0]?.top1).toBe(68.758);
    expect(existsSync(path.join(CACHE, `${ID}~${sha256Of(WHOLE)}`))).toBe(false);
  }));

test('goes on where an earlier try was stopped', () =>
  inSite(async (site) => {
    hub.behave({ bytesPerSecond: 4_000_000 });
    const child = spawn(
      process.execPath,
      ['src/cli/main.ts', 'fetch', 'regnetx_002', '--base', hub.origin, '--site', site],
      { cwd: ROOT },
    );
    const begun = path.join(CACHE, `${ID}~${sha256Of(WHOLE)}`);
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise((resolve) => child.once('close', resolve));
    await expect
      .poll(() => (existsSync(begun) ? readFileSync(begun).length : 0), { timeout: 10_000 })
      .toBeGreaterThan(500_000);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(said).toBe('Stopped. What has arrived is kept; the same command goes on from there.\n');
    const had = readFileSync(begun).length;
    expect(had).toBeLessThan(WHOLE.length);
    hub.behave();
    expect((await fetchInto(site)).code).toBe(0);
    expect(hub.requests.at(-1)).toContain(`bytes=${had}-`);
  }));

test('two at once do not harm each other', () =>
  inSite(async (site) => {
    hub.behave({ bytesPerSecond: 8_000_000 });
    const types = ['f16', 'f32', 'f16'];
    const results = await Promise.all(
      types.map((dtype) => fetchInto(site, '--json', '--dtype', dtype)),
    );
    for (const { code, stderr } of results) expect([code, stderr]).toEqual([0, '']);
    const file = readFileSync(path.join(site, `public/weights/${HOSTED}.safetensors`));
    const entry = bundledCheckpointSchema.parse(
      JSON.parse(readFileSync(path.join(site, `content/checkpoints/${HOSTED}.json`), 'utf8')),
    );
    expect([entry.sha256, entry.bytes]).toEqual([sha256Of(file), file.length]);
    expect(readdirSync(path.join(site, 'public/weights'))).toEqual([`${HOSTED}.safetensors`]);
    expect(readdirSync(CACHE)).toEqual([]);
  }));

test('the lock of a process that was killed holds nobody up', () =>
  inSite(async (site) => {
    mkdirSync(CACHE, { recursive: true });
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('close', resolve));
    for (const name of [`${ID}~${sha256Of(WHOLE)}.lock`, `${HOSTED}.publish.lock`])
      writeFileSync(path.join(CACHE, name), String(child.pid));
    expect((await fetchInto(site)).code).toBe(0);
    expect(readdirSync(CACHE)).toEqual([]);
  }));

test.each([
  [{ status: 404 }, /does not have the file/],
  [{ status: 429, retryAfter: '30' }, /Try again in 30 seconds/],
  [{ status: 500 }, /trouble of its own \(500\)/],
  [{ body: WHOLE.map((byte, i) => (i === 5_000_000 ? byte ^ 1 : byte)) }, /SHA-256 is another/],
])('ends in one line and writes nothing: case %#', (behaviour, sentence) =>
  inSite(async (site) => {
    hub.behave(behaviour);
    const { code, stdout, stderr } = await fetchInto(site);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(path.join(site, 'public'))).toBe(false);
  }),
);

test("compares the digits in torchvision's file names", () =>
  inSite(async (site) => {
    const server = createServer((_, response) => response.end('something else'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    const { code, stderr } = await regnetx([
      ...['fetch', 'regnet_x_400mf', '--source', 'torchvision', '--base', base, '--site', site],
    ]);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/SHA-256 is another/);
  }));

test.each([
  [['fetch'], /Name a variant/],
  [['fetch', 'resnet50'], /There is no variant resnet50/],
  [['fetch', 'regnetx_002', '--source', 'torchvision'], /torchvision publishes no weights/],
  [['fetch', 'regnetx_002', '--source', 'keras'], /--source must be/],
])('%j is refused with a sentence', async (args, sentence) => {
  const { code, stderr } = await regnetx(args);
  expect(code).toBe(1);
  expect(stderr).toMatch(sentence);
});

test('the progress bar tells share, megabytes and time left', () => {
  expect(progressLine({ received: 2_700_000, total: 10_800_000, secondsLeft: 11.2 })).toBe(
    '[######..................]  25%  2.7 of 10.8 MB, 12 s left',
  );
});
