/** The package in Node, and its command. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, test } from 'vitest';
import type * as Package from '../../src/package/index.ts';
import type * as Checkpoints from '../../src/package/checkpoints.ts';
import type * as Regnet from '../../src/package/regnet.ts';
import { startHub } from '../e2e/hub.ts';
import { run } from '../unit/cli/run.ts';
import { expectRight } from './expected.ts';

const consumer = inject('consumer');
const at = (name: string) => path.join(consumer, name);
const installed = at('node_modules/regnetx-zoo');
const entry = <T>(name: string) =>
  import(pathToFileURL(path.join(installed, 'lib', name)).href) as Promise<T>;
/** Of whoever installs the package: the Node that comes first on the path. */
const NODES = [process.execPath, 'node'];

test.each(NODES)('the example runs in %s', async (node) => {
  const model = [at('model.safetensors'), at('picture.png')];
  const { stdout, stderr, code } = await run(node, [at('node/main.mjs'), ...model]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expectRight(stdout);
});

test('the command works where it is installed, and needs no repository', async () => {
  const command = (...args: string[]) =>
    run('node', [at('node_modules/.bin/regnetx-zoo'), ...args]);
  const inspected = await command('inspect', at('model.safetensors'), '--json');
  expect(inspected.stderr).toBe('');
  expect(JSON.parse(inspected.stdout)).toMatchObject({ container: 'safetensors', classes: 200 });
  expect((await command('--help')).stdout).toMatch(/^Usage: npx regnetx-zoo <verb>/);
  const { stderr, code } = await command('fetch', 'regnetx_002');
  expect(stderr).toContain('-o OUT.safetensors');
  expect(code).toBe(1);
});

test('official weights come from the hub, with progress, checked by their hash', async () => {
  const { load, EngineError } = await entry<typeof Package>('index/index.js');
  const hub = await startHub();
  try {
    const id = 'regnetx_002.pycls_in1k';
    hub.put(id, new Uint8Array(readFileSync(at('model.safetensors'))));
    let received = 0;
    const onProgress = (progress: Package.Progress) => ({ received } = progress);
    const net = await load({ variant: 'RegNetX-200MF', base: hub.origin, onProgress });
    expect(net.variant).toBe('regnetx_002');
    expect(net.preprocessing.interpolation).toBe('bicubic');
    expect(received).toBe(readFileSync(at('model.safetensors')).length);
    net.dispose();
    const named = await load({ hub: `timm/${id}`, base: hub.origin });
    expect(named.classes).toBe(200);
    named.dispose();
    hub.behave({ body: new Uint8Array(1000) });
    const failed = load({ variant: 'regnetx_002', base: hub.origin });
    await expect(failed).rejects.toBeInstanceOf(EngineError);
    await expect(failed).rejects.toMatchObject({ code: 'download' });
  } finally {
    await hub.close();
  }
});

test('what goes wrong has a type and a sentence', async () => {
  const { load } = await entry<typeof Package>('index/index.js');
  const bytes = () => new Uint8Array(readFileSync(at('model.safetensors')));
  await expect(load({ file: new Uint8Array(9) })).rejects.toMatchObject({ code: 'checkpoint' });
  await expect(load({ variant: 'resnet50' })).rejects.toMatchObject({ code: 'download' });
  await expect(load({ file: bytes(), backend: 'webgl' })).rejects.toMatchObject({
    code: 'no-backend',
  });
  await expect(load({} as Package.LoadOptions)).rejects.toThrow(
    'one of variant, url, file and hub',
  );
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(load({ file: bytes(), signal: stopped })).rejects.toThrow('enough');
  const net = await load({ file: bytes() });
  const grey = { width: 20, height: 10, data: new Uint8Array(600).fill(128) };
  const opaque = { width: 20, height: 10, data: new Uint8ClampedArray(800).fill(128) };
  for (let pixel = 3; pixel < 800; pixel += 4) opaque.data[pixel] = 255;
  expect(await net.classify(opaque)).toEqual(await net.classify(grey));
  expect(await net.classify(grey, { top: 200 })).toHaveLength(200);
  await expect(net.classify({ ...grey, width: 30 })).rejects.toMatchObject({ code: 'picture' });
  await expect(net.classify(new Blob(['no picture']))).rejects.toMatchObject({ code: 'picture' });
  await expect(net.classify(grey, { signal: stopped })).rejects.toThrow('enough');
  await expect(net.classify(grey, { top: 0 })).rejects.toThrow(RangeError);
  // The classifier's layer of the features gives what the network gives.
  const [first] = await net.classify(grey, { top: 1 });
  const { readCheckpoint, toFloat32 } = await entry<typeof Checkpoints>(
    'checkpoints/checkpoints.js',
  );
  const { tensors } = readCheckpoint(bytes());
  const [weight, bias] = [tensors.get('head.fc.weight'), tensors.get('head.fc.bias')];
  if (!weight || !bias) throw new Error('The file has no classifier.');
  const [weights, biases] = [toFloat32(weight), toFloat32(bias)];
  const features = await net.embed(grey);
  const logits = Array.from(biases, (b, row) =>
    features.reduce(
      (sum, value, i) => sum + value * (weights[row * features.length + i] ?? NaN),
      b,
    ),
  );
  expect(logits.indexOf(Math.max(...logits))).toBe(first?.index);
  const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
  expect(Math.exp(Math.max(...logits)) / sum).toBeCloseTo(first?.probability ?? NaN, 4);
  net.dispose();
  await expect(net.classify(grey)).rejects.toMatchObject({ name: 'EngineError' });
});

test('the family and the types are there, and nothing runs at installation', async () => {
  const { models, networkOf } = await entry<typeof Regnet>('regnet/regnet.js');
  expect(models.map(({ design }) => networkOf(design).layers.length)[0]).toBeGreaterThan(40);
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
    readonly dependencies?: unknown;
    readonly optionalDependencies?: unknown;
    readonly scripts: Readonly<Record<string, string>>;
  };
  for (const file of Object.values(manifest.exports).flatMap((one) => Object.values(one)))
    if (file.length > 1) expect(existsSync(path.join(installed, file)), file).toBe(true);
  expect(manifest.dependencies).toBeUndefined();
  expect(manifest.optionalDependencies).toBeUndefined();
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepare'];
  expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
});

test.each(['bundler', 'node16', 'tfjs'])('the types satisfy a strict compiler, %s', async (how) => {
  const compiler = path.resolve('node_modules/typescript/bin/tsc');
  const { stdout, code } = await run(process.execPath, [
    ...[compiler, '-p', at(`types/tsconfig.${how}.json`)],
  ]);
  expect(stdout).toBe('');
  expect(code).toBe(0);
});

test('the licences of what is bundled come along', () => {
  const text = readFileSync(path.join(installed, 'lib/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['@noble/hashes', '@tensorflow/tfjs-core', 'comlink', 'zod'])
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)\n\n.`, 'm'));
  expect(text).toContain('Paul Miller');
});
