/** Packs the package, and installs the tarball beside the examples in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the examples, the installed package, a model and a picture. */
    consumer: string;
  }
}

const npm = (cwd: string, ...args: string[]) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

export default function setup({ provide }: TestProject): () => void {
  const consumer = mkdtempSync(path.join(tmpdir(), 'regnetx-package-'));
  cpSync('tests/package/examples', consumer, { recursive: true });
  cpSync(
    'public/weights/regnetx_002.tiny-imagenet-200.safetensors',
    `${consumer}/model.safetensors`,
  );
  cpSync('public/golden/regnetx_002.tiny-imagenet-200.png', `${consumer}/picture.png`);
  writeFileSync(`${consumer}/package.json`, '{ "private": true, "type": "module" }');
  npm('.', 'pack', '--pack-destination', consumer);
  const tarball = readdirSync(consumer).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball.');
  // Whatever it needs is in it.
  npm(consumer, 'install', '--offline', `./${tarball}`);
  // The one package that somebody may add: it decodes pictures in Node.
  symlinkSync(path.resolve('node_modules/sharp'), path.join(consumer, 'node_modules/sharp'));
  // And the one that the kernel is for.
  symlinkSync(
    path.resolve('node_modules/@tensorflow'),
    path.join(consumer, 'node_modules/@tensorflow'),
  );
  provide('consumer', consumer);
  return () => {
    rmSync(consumer, { recursive: true });
  };
}
