import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { charactersOf, smallFont } from '../../../src/site/fonts.ts';

const FONT =
  'node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'regnetx-fonts-'));
  await mkdir(path.join(folder, 'texts'));
  await writeFile(path.join(folder, 'texts/a.mdx'), 'a ≈ β');
  await writeFile(path.join(folder, 'texts/b.bin'), '∞');
});
afterAll(() => rm(folder, { recursive: true }));

it('the characters are those of all texts, and Latin-1 for the names of files', async () => {
  const characters = await charactersOf([path.join(folder, 'texts')]);
  for (const character of ['a', 'Z', '0', 'é', '×', '≈', 'β'])
    expect(characters).toContain(character);
  expect(characters).not.toMatch(/[∞\n\u007f]/);
});

it('a font of the characters that are used is smaller, and made once', async () => {
  const made = await smallFont(FONT, 'RegNetX', folder);
  const font = await readFile(made);
  expect(font.subarray(0, 4).toString()).toBe('wOF2');
  expect(font.length).toBeLessThan((await stat(FONT)).size / 5);
  const { mtimeMs } = await stat(made);
  expect(await smallFont(FONT, 'RegNetX', folder)).toBe(made);
  expect((await stat(made)).mtimeMs).toBe(mtimeMs);
  expect(await smallFont(FONT, 'RegNetY', folder)).not.toBe(made);
});
