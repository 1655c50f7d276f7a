import { open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DiskBlob } from '../../../src/cli/recount/disk-blob.ts';
import { openArchive } from '../../../src/recount/archive.ts';
import { inTemporaryFolder } from './run.ts';

/** What 32 bits count, and something. */
const FAR = 2 ** 32 + 1536;

/** A file with a text far out and nothing before it, which takes no room on most disks. */
const withFile = (body: (file: string, size: number) => Promise<void>) =>
  inTemporaryFolder(async (folder) => {
    const name = path.join(folder, 'large.bin');
    const file = await open(name, 'w');
    await file.write('far out', FAR);
    await file.close();
    await body(name, (await stat(name)).size);
  });

test('a file of more than 4 GiB is read where it is asked for', () =>
  withFile(async (file, size) => {
    const blob = new DiskBlob(file, size);
    expect(blob.size).toBe(FAR + 7);
    expect(await blob.slice(FAR, FAR + 3).text()).toBe('far');
    expect(await blob.slice(-3).text()).toBe('out');
    const inner = blob.slice(FAR - 2).slice(1, 5);
    expect(inner.size).toBe(4);
    expect(new Uint8Array(await inner.arrayBuffer())).toEqual(
      Uint8Array.from([0, ...new TextEncoder().encode('far')]),
    );
    expect(await new Response(blob.slice(FAR + 4).stream()).text()).toBe('out');
    expect(await blob.slice(5, 2).text()).toBe('');
  }));

test('a file that is gone or cut says so as in a browser', () =>
  withFile(async (file, size) => {
    const blob = new DiskBlob(file, size);
    await expect(blob.slice(FAR).slice(0, 7).bytes()).resolves.toHaveLength(7);
    await expect(new DiskBlob(file, size + 9).slice(FAR).bytes()).rejects.toMatchObject({
      name: 'NotReadableError',
      message: expect.stringContaining('shorter') as string,
    });
    await rm(file);
    await expect(blob.slice(0, 9).bytes()).rejects.toMatchObject({ name: 'NotReadableError' });
    await expect(openArchive(blob, 'large.tar')).rejects.toMatchObject({
      name: 'NotReadableError',
    });
  }));
