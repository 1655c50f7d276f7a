import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../../src/recount/archive.ts';
import { RecountError } from '../../../src/recount/errors.ts';
import { inTemporaryFolder } from '../cli/run.ts';

const filesWith = (folders: number): Readonly<Record<string, string>> => ({
  'n01443537/a.png': 'first',
  'n01443537/ä.png': '',
  [`${'a-very-long-folder-name/'.repeat(folders)}picture.png`]: 'x'.repeat(1500),
});
const FILES = filesWith(12);

/** What an archive lists, and the sentence with which it ends early. */
async function contentsOf(blob: Blob, name: string) {
  const found: Record<string, string> = {};
  try {
    const source = await openArchive(blob, name);
    for await (const picture of source.list()) {
      const content = await picture.read();
      expect(content.size).toBe(picture.size);
      found[picture.path] = await content.text();
    }
  } catch (error) {
    if (!(error instanceof RecountError)) throw error;
    return { found, sentence: error.message };
  }
  return { found, sentence: null };
}

/** Packed by the system's own tar. */
async function tarOf(format: string, files: Readonly<Record<string, string>>) {
  let bytes = Buffer.alloc(0);
  await inTemporaryFolder((folder) => {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, 'in', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    execFileSync('tar', [`--format=${format}`, '-cf', 'out.tar', '-C', 'in', '.'], { cwd: folder });
    bytes = readFileSync(path.join(folder, 'out.tar'));
    return Promise.resolve();
  });
  return bytes;
}

async function zipOf(options: { level: number; zip64?: boolean; dataDescriptor?: boolean }) {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...options });
  for (const [name, text] of Object.entries(FILES))
    await writer.add(name, new BlobReader(new Blob([text])));
  return writer.close();
}

describe('tar', () => {
  // A name of ustar has 256 bytes at most, in two parts.
  test.each([
    ['gnu', FILES],
    ['pax', FILES],
    ['ustar', filesWith(6)],
  ])('of the format %s', async (format, files) => {
    const bytes = await tarOf(format, files);
    expect(await contentsOf(new Blob([bytes]), 'a.tar')).toEqual({ found: files, sentence: null });
  });

  test('with tars in it', async () => {
    const inner = await tarOf('ustar', { 'n01440764_1.JPEG': 'one' });
    await inTemporaryFolder(async (folder) => {
      writeFileSync(path.join(folder, 'n01440764.tar'), inner);
      execFileSync('tar', ['-cf', 'train.tar', 'n01440764.tar'], { cwd: folder });
      const blob = new Blob([readFileSync(path.join(folder, 'train.tar'))]);
      expect((await contentsOf(blob, 'train.tar')).found).toEqual({
        'n01440764/n01440764_1.JPEG': 'one',
      });
    });
  });

  test('of a size that only GNU’s binary numbers or pax can say', async () => {
    const bytes = await tarOf('ustar', { 'a.png': 'abc', 'b.png': 'b' });
    const header = bytes.indexOf('a.png') - (bytes.indexOf('a.png') % 512);
    // The size, 3, as a binary number of 12 bytes; the checksum follows.
    bytes.fill(0, header + 124, header + 136);
    bytes[header + 124] = 0x80;
    bytes[header + 135] = 3;
    bytes.fill(' ', header + 148, header + 156);
    const sum = bytes.subarray(header, header + 512).reduce((a, b) => a + b, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148, 'latin1');
    expect((await contentsOf(new Blob([bytes]), 'a.tar')).found).toEqual({
      'a.png': 'abc',
      'b.png': 'b',
    });
  });

  test('that is cut off or damaged keeps what stands before', async () => {
    const bytes = await tarOf('gnu', { 'a.png': 'x'.repeat(3000), 'b.png': 'y'.repeat(3000) });
    const cut = await contentsOf(new Blob([bytes.subarray(0, 6500)]), 'cut.tar');
    expect(Object.keys(cut.found)).toHaveLength(1);
    expect(cut.sentence).toMatch(/^The archive cut\.tar ends in the middle of a file/);
    const last = bytes.lastIndexOf('.png');
    bytes[last] = 0;
    const damaged = await contentsOf(new Blob([bytes]), 'bad.tar');
    expect(Object.keys(damaged.found)).toHaveLength(1);
    expect(damaged.sentence).toMatch(/^The archive bad\.tar is damaged at byte/);
  });
});

describe('zip', () => {
  test.each([
    { level: 0 },
    { level: 6 },
    { level: 6, zip64: true },
    { level: 6, dataDescriptor: true },
  ])('%j', async (options) => {
    expect(await contentsOf(await zipOf(options), 'a.zip')).toEqual({
      found: FILES,
      sentence: null,
    });
  });

  test('that is cut off is told', async () => {
    const blob = await zipOf({ level: 6 });
    const { sentence } = await contentsOf(blob.slice(0, blob.size - 40), 'cut.zip');
    expect(sentence).toMatch(/^The archive cut\.zip is damaged/);
  });

  test('with a damaged entry names it', async () => {
    const bytes = new Uint8Array(await (await zipOf({ level: 0 })).arrayBuffer());
    const at = new TextDecoder('latin1').decode(bytes).indexOf('first');
    bytes[at] = 0;
    const { sentence } = await contentsOf(new Blob([bytes]), 'bad.zip');
    expect(sentence).toMatch(/^n01443537\/a\.png in bad\.zip is damaged/);
  });
});

test.each([
  ['a.tar.gz', [0x1f, 0x8b, 8], 'is packed as a whole'],
  ['a.rar', [0x52, 0x61, 0x72], 'is no archive that can be read here'],
  ['empty.tar', [], 'is no archive that can be read here'],
])('%s is refused', async (name, bytes, sentence) => {
  const { sentence: said } = await contentsOf(new Blob([Uint8Array.from(bytes)]), name);
  expect(said).toContain(`${name} ${sentence}`);
});
