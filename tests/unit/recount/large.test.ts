/** Archives of more than 4 GiB, and entries of more than 8: offsets that no 32 bits hold. */
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { expect, test } from 'vitest';
import { openArchive } from '../../../src/recount/archive.ts';

const GIB = 2 ** 30;
const BLOCK = 512;

/** A file of `size` bytes, of which only some pieces are other than zero: none is ever whole in memory. */
function sparse(size: number, pieces: ReadonlyMap<number, Uint8Array>): Blob {
  const slice = (from = 0, end = size): Blob => {
    const [start, stop] = [Math.min(from, size), Math.min(end, size)];
    const within = new Map([...pieces].map(([at, bytes]) => [at - start, bytes] as const));
    return sparse(Math.max(0, stop - start), within);
  };
  const arrayBuffer = (): Promise<ArrayBuffer> => {
    if (size > 2 ** 20) throw new RangeError(`${size} bytes were to be read at once.`);
    const whole = new Uint8Array(size);
    for (const [at, bytes] of pieces)
      if (at < size && at + bytes.length > 0) {
        const inside = bytes.subarray(Math.max(0, -at), Math.min(bytes.length, size - at));
        whole.set(inside, Math.max(0, at));
      }
    return Promise.resolve(whole.buffer);
  };
  const text = async (): Promise<string> => new TextDecoder().decode(await arrayBuffer());
  return Object.defineProperties(new Blob([]), {
    size: { value: size },
    slice: { value: slice },
    arrayBuffer: { value: arrayBuffer },
    text: { value: text },
    stream: {
      value: () =>
        new ReadableStream({
          start: async (controller) => {
            controller.enqueue(new Uint8Array(await arrayBuffer()));
            controller.close();
          },
        }),
    },
  });
}

/** A header of ustar; sizes from 8 GiB as GNU tar's binary number. */
function headerOf(name: string, size: number, type = '0'): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  if (size < 8 * GIB) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else {
    header[124] = 0x80;
    header.writeUIntBE(size, 130, 6);
  }
  header.write(type, 156);
  header.write('ustar\0' + '00', 257);
  header.fill(' ', 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A tar of entries that are as large as they say, with a text at the beginning of each. */
function tarOf(entries: readonly { name: string; size: number; text?: string; pax?: boolean }[]) {
  const pieces = new Map<number, Uint8Array>();
  let at = 0;
  const add = (header: Uint8Array, text: string, size: number): void => {
    pieces.set(at, header);
    pieces.set(at + BLOCK, new TextEncoder().encode(text));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  };
  for (const { name, size, text = '', pax = false } of entries) {
    const record = ` size=${size}\n`;
    const length = record.length + 2;
    if (pax) add(headerOf('pax', length, 'x'), `${length}${record}`, length);
    // The header's own size of a pax file may be wrong, as it is where it does not fit.
    add(headerOf(name, pax ? 0 : size), text, size);
  }
  return sparse(at + 2 * BLOCK, pieces);
}

async function found(blob: Blob, name: string) {
  const all: [path: string, size: number, text: string | null][] = [];
  for await (const picture of (await openArchive(blob, name)).list()) {
    const { path, size } = picture;
    all.push([path, size, size < 2 ** 20 ? await (await picture.read()).text() : null]);
  }
  return all;
}

test.each([
  ['below the last octal size', 8 * GIB - 1, false],
  ['above it, in binary', 9 * GIB, false],
  ['in pax', 12 * GIB, true],
])('a tar whose first entry has a size %s', async (_, size, pax) => {
  const blob = tarOf([
    { name: 'a.png', size: 5, text: 'first' },
    { name: 'film.bin', size, pax },
    { name: 'n01443537/b.png', size: 4, text: 'last' },
  ]);
  expect(blob.size).toBeGreaterThan(size);
  expect(await found(blob, 'large.tar')).toEqual([
    ['a.png', 5, 'first'],
    ['film.bin', size, null],
    ['n01443537/b.png', 4, 'last'],
  ]);
});

test('a zip whose entries lie behind 5 GiB, by zip64', async () => {
  const offset = 5 * GIB;
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, zip64: true, offset });
  await writer.add('n01443537/a.png', new BlobReader(new Blob(['far out'])), { level: 6 });
  const zip = new Uint8Array(await (await writer.close()).arrayBuffer());
  const sign = zip.subarray(0, 4);
  const blob = sparse(
    offset + zip.length,
    new Map([
      [0, sign],
      [offset, zip],
    ]),
  );
  expect(await found(blob, 'large.zip')).toEqual([['n01443537/a.png', 7, 'far out']]);
});
