import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOf, filesBelow, nameOfBuild } from '../../../src/site/files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'regnetx-files-'));
  await mkdir(path.join(folder, 'b', 'c'), { recursive: true });
  for (const file of ['index.html', 'b/c/index.html', 'b/a.js'])
    await writeFile(path.join(folder, file), file);
});
afterAll(() => rm(folder, { recursive: true }));

it('lists files, not folders, in a fixed order', async () => {
  expect(await filesBelow(folder)).toEqual(['b/a.js', 'b/c/index.html', 'index.html']);
});

it('asks for a folder where its page is meant', () => {
  expect(['index.html', 'b/c/index.html', '404.html', 'b/myindex.html'].map(addressOf)).toEqual([
    '',
    'b/c/',
    '404.html',
    'b/myindex.html',
  ]);
});

it('names a build by what is in its files, and by their names', async () => {
  const names = [await nameOfBuild(folder, ['b/a.js', 'index.html'])];
  names.push(await nameOfBuild(folder, ['b/a.js']));
  await writeFile(path.join(folder, 'b/a.js'), 'changed');
  names.push(await nameOfBuild(folder, ['b/a.js']));
  expect(names.every((name) => /^[0-9a-f]{12}$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(3);
  expect(await nameOfBuild(folder, ['b/a.js'])).toBe(names[2]);
});
