/** Reading from a server that plays the hub: what is asked of it, and what comes out. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  nameTensors,
  readContents,
  requireFit,
  toFloat32,
} from '../../../../src/checkpoints/index.ts';
import { readZip } from '../../../../src/checkpoints/zip.ts';
import { parseHubAddress } from '../../../../src/weights/hub/address.ts';
import { filesAt, type HubEntry } from '../../../../src/weights/hub/listing.ts';
import { bytesIn, joined, Pieces } from '../../../../src/weights/hub/pieces.ts';
import { take } from '../../../../src/weights/hub/take.ts';
import { models } from '../../../../src/zoo/models.ts';
import { startHub, type Hub } from '../../../e2e/hub.ts';
import { fixture } from '../../checkpoints/fixtures.ts';

const { signal } = new AbortController();
const read = (name: string) => fixture(`checkpoints/${name}`);
const shipped = fixture('../../public/weights/regnetx_002.tiny-imagenet-200.safetensors');

/** PyTorch's zip with a storage of 4 MB in its midst that no weight is in, as an optimizer's state is. */
const FAT = (() => {
  const entries = Array.from(readZip(read('pycls-zip.pyth')).values(), ({ name, open }) => ({
    name,
    bytes: open(),
  }));
  const junk = { name: 'archive/data/9999', bytes: new Uint8Array(4_000_000).fill(7) };
  return storedZip(entries.toSpliced(entries.length / 2, 0, junk));
})();

/** A zip of stored entries, their data at multiples of 64 as PyTorch lays them (APPNOTE 4.3). */
function storedZip(entries: readonly { name: string; bytes: Uint8Array }[]): Uint8Array {
  const directory: Buffer[] = [];
  const parts: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const padding = (64 - ((at + 30 + name.length) % 64)) % 64;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(bytes.length, 18);
    header.writeUInt32LE(bytes.length, 22);
    header.writeUInt16LE(name.length, 26);
    header.writeUInt16LE(padding, 28);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt32LE(bytes.length, 20);
    central.writeUInt32LE(bytes.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    directory.push(central, Buffer.from(name));
    parts.push(header, Buffer.from(name), Buffer.alloc(padding), Buffer.from(bytes));
    at += 30 + name.length + padding + bytes.length;
  }
  const end = Buffer.alloc(22);
  const listed = Buffer.concat(directory);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...parts, listed, end]));
}

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
  hub.putFile('me/usual', 'model.safetensors', shipped);
  hub.putFile('me/usual', 'old.pth', read('pycls-legacy.pyth'));
  hub.putFile('me/zip', 'checkpoints/best.pth', FAT);
  hub.putFile('me/two', 'a.pth', read('torchvision-zip.pth'));
  hub.putFile('me/two', 'b.safetensors', read('timm.safetensors'));
  hub.putFile('me/legacy', 'w.pyth', read('pycls-legacy.pyth'));
  hub.putFile('me/none', 'README.md', new Uint8Array(3));
  hub.putFile('me/page', 'w.pth', new TextEncoder().encode('<!doctype html><p>Sign in'));
  hub.putFile('me/empty', 'w.pth', new Uint8Array(0));
  const other = Buffer.from(shipped);
  other.write('"t1.b1.conv1.conv.weight"', other.indexOf('"s1.b1.conv1.conv.weight"'), 'latin1');
  hub.putFile('me/other', 'model.safetensors', new Uint8Array(other));
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.behave();
});

const find = (text: string) => filesAt(hub.origin, parseHubAddress(text), signal);
const only = async (text: string): Promise<HubEntry> => {
  const [file, ...rest] = await find(text);
  if (!file || rest.length > 0) throw new Error('One file was expected.');
  return file;
};
const from = (file: HubEntry, whole = false) =>
  take(file, { known: models, whole, signal, tell: () => undefined });
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const ranges = () => hub.requests.filter((r) => r.includes('/cdn/')).map((r) => r.split(' ')[2]);

describe('what an address means', () => {
  test('the usual file, the only one, or a choice with safetensors first', async () => {
    expect((await only('hf:me/usual')).path).toBe('model.safetensors');
    expect((await only('hf:me/usual/old.pth')).path).toBe('old.pth');
    expect(await only('me/zip')).toMatchObject({
      ...{ path: 'checkpoints/best.pth', bytes: FAT.length, repository: 'me/zip' },
    });
    expect((await find('me/two')).map(({ path }) => path)).toEqual(['b.safetensors', 'a.pth']);
  });

  test.each([
    ['hf:me/unknown', /has no model me\/unknown, or shows it to its members alone\./],
    ['hf:me/unknown@v2', /has no model me\/unknown with the revision v2, or/],
    ['hf:me/none', /me\/none holds no checkpoint: none of its 2 files ends in \.safetensors,/],
    ['hf:me/two/c.pth', /me\/two has no file c\.pth; it has a\.pth, b\.safetensors\./],
  ])('%s is told in a sentence', async (text, sentence) => {
    await expect(find(text)).rejects.toThrow(sentence);
  });

  test.each([
    [429, /asks for a pause \(429\)/],
    [503, /has trouble of its own \(503\)/],
    [403, /or shows it to its members alone/],
  ])('a list answered with %s', async (treeStatus, sentence) => {
    hub.behave({ treeStatus });
    await expect(find('me/two')).rejects.toThrow(sentence);
  });

  test('a hub that is not there', async () => {
    const nowhere = filesAt('http://127.0.0.1:9', parseHubAddress('me/two'), signal);
    await expect(nowhere).rejects.toThrow(/127\.0\.0\.1:9 was not reached\. Check the connection/);
  });
});

describe('what is downloaded', () => {
  test('safetensors: the header first, then the rest, checked', async () => {
    const taken = await from(await only('me/usual'));
    if (!('blob' in taken)) throw new Error(taken.ask);
    expect(await bytesOf(taken.blob)).toEqual(shipped);
    expect(ranges()).toEqual(['bytes=0-262143', 'bytes=262144-']);
  });

  test("PyTorch's zip: its beginning and end, then the weights, and nothing else", async () => {
    const taken = await from(await only('me/zip'));
    if (!('blob' in taken)) throw new Error(taken.ask);
    const bytes = await bytesOf(taken.blob);
    expect(bytes).toHaveLength(FAT.length);
    const [ours, whole] = [bytes, FAT].map((file) => readContents(file).tensors);
    expect([...(ours?.keys() ?? [])]).toEqual([...(whole?.keys() ?? [])]);
    for (const [name, tensor] of whole ?? []) {
      const found = ours?.get(name);
      expect(found && toFloat32(found)).toEqual(toFloat32(tensor));
    }
    expect(requireFit(nameTensors(readContents(bytes)), models).classes).toBe(10);
    // Of 4.2 MB, the beginning, the end, and what holds weights.
    expect(taken.received).toBeLessThan(1_500_000);
    expect(bytes.subarray(2_000_000, 2_001_000).every((byte) => byte === 0)).toBe(true);
  });

  test('a network that is none costs its header alone', async () => {
    await expect(from(await only('me/other'))).rejects.toThrow(
      /^model\.safetensors: .*s1\.b1\.conv1\.conv\.weight .*Only the part that tells was downloaded\.$/,
    );
    expect(ranges()).toEqual(['bytes=0-262143']);
  });

  test('a server without ranges, and the old format, are asked about with their size', async () => {
    const file = await only('me/usual');
    hub.behave({ ranges: false });
    expect(await from(file)).toEqual({
      ask: expect.stringMatching(/gives this file only as a whole\.$/) as string,
      bytes: shipped.length,
    });
    const taken = await from(file, true);
    expect('blob' in taken && (await bytesOf(taken.blob))).toEqual(shipped);
    hub.behave();
    const old = await only('me/legacy');
    const small = await from(old);
    expect('blob' in small && (await bytesOf(small.blob))).toEqual(read('pycls-legacy.pyth'));
  });

  test.each([
    ['me/page', /^w\.pth: The file is a web page/],
    ['me/empty', /^w\.pth: The file is empty\./],
  ])('%s is refused in a sentence', async (text, sentence) => {
    await expect(from(await only(text))).rejects.toThrow(sentence);
  });

  test.each([
    [
      { status: 403 },
      /does not give model\.safetensors of me\/usual to everybody \(403\): its authors/,
    ],
    [{ status: 404 }, /me\/usual does not have model\.safetensors any more \(404\)\./],
    [{ status: 500 }, /has trouble of its own \(500\)/],
    [{ dropAfter: 1000 }, /broke off, time and again/],
  ])('%j while it is read', async (behaviour, sentence) => {
    const file = await only('me/usual');
    hub.behave(behaviour);
    await expect(from(file)).rejects.toThrow(sentence);
  });

  test('a file that changed since it was listed is not taken', async () => {
    const file = await only('me/usual');
    hub.behave({ body: shipped.map((byte, i) => (i === 3_000_000 ? byte ^ 1 : byte)) });
    await expect(from(file)).rejects.toThrow(/its SHA-256 is another/);
  });
});

describe('pieces', () => {
  test('ranges are joined where they touch or nearly do', () => {
    const list = [
      { from: 50, to: 60 },
      { from: 0, to: 10 },
      { from: 12, to: 20 },
      { from: 5, to: 8 },
      { from: 30, to: 30 },
    ];
    expect(joined(list, 2)).toEqual([
      { from: 0, to: 20 },
      { from: 50, to: 60 },
    ]);
    expect(bytesIn(joined(list, 0))).toBe(28);
  });

  test('gaps are zeros, and parts may overlap', async () => {
    const all = Uint8Array.from({ length: 9_000_000 }, (_, i) => (i < 10 || i > 8_999_900 ? i : 0));
    const pieces = new Pieces(all.length);
    pieces.put(8_999_890, all.slice(8_999_890));
    pieces.put(0, all.slice(0, 6));
    pieces.put(4, all.slice(4, 12));
    pieces.put(5, all.slice(5, 7));
    expect(pieces.toBytes()).toEqual(all);
    expect(await bytesOf(pieces.toBlob())).toEqual(all);
  });
});
