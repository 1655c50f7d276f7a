/** Damage to a zip archive, entry by entry; its pickle is damaged opcode by opcode. */
import { join } from '../../src/checkpoints/onnx/protobuf.ts';
import { readZip } from '../../src/checkpoints/zip.ts';
import type { Mutation } from './bytes.ts';
import { mutatePickle } from './pickles.ts';
import { below, pick } from './random.ts';

interface Entry {
  name: string;
  data: Uint8Array;
  /** What the directory says, where it is not the truth. */
  lies: { method?: number; size?: number; offset?: number; flags?: number };
}

const NAMES = ['archive/data.pkl', 'data.pkl', 'archive/data/0', 'archive/byteorder', '', '../x'];

function entriesOf(bytes: Uint8Array): Entry[] {
  return Array.from(readZip(bytes).values(), ({ name, open }) => ({
    name,
    data: open(),
    lies: {},
  }));
}

/** An archive of stored entries, whose directory may lie. */
function write(entries: readonly Entry[], count: number): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, data, lies } of entries) {
    const text = new TextEncoder().encode(name);
    const header = record(
      30,
      [0, 4, 0x04034b50],
      [18, 4, data.length],
      [22, 4, data.length],
      [26, 2, text.length],
    );
    const size = lies.size ?? data.length;
    directory.push(
      record(
        46,
        [0, 4, 0x02014b50],
        [8, 2, lies.flags ?? 0],
        [10, 2, lies.method ?? 0],
        [20, 4, size],
        [24, 4, size],
        [28, 2, text.length],
        [42, 4, lies.offset ?? at],
      ),
      text,
    );
    parts.push(header, text, data);
    at += header.length + text.length + data.length;
  }
  const table = join(directory);
  const end = record(
    22,
    [0, 4, 0x06054b50],
    [8, 2, count],
    [10, 2, count],
    [12, 4, table.length],
    [16, 4, at],
  );
  return join([...parts, table, end]);
}

/** Numbers at their places: [position, bytes, value]. */
function record(
  length: number,
  ...fields: readonly (readonly [number, 2 | 4, number])[]
): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [at, width, value] of fields)
    if (width === 2) view.setUint16(at, value & 0xffff, true);
    else view.setUint32(at, value >>> 0, true);
  return bytes;
}

const mutateOpcodes = mutatePickle(1);

export const damagePickleInside: Mutation = (bytes, random) => {
  const entries = entriesOf(bytes);
  for (const entry of entries)
    if (entry.name.endsWith('data.pkl')) entry.data = mutateOpcodes(entry.data, random);
  return write(entries, entries.length);
};

export const damageArchive: Mutation = (bytes, random) => {
  const entries = entriesOf(bytes);
  for (let i = Math.ceil(random() * 3); i > 0; i--) damageEntry(entries, random);
  return write(entries, random() < 0.9 ? entries.length : below(random, 0x10000));
};

function damageEntry(entries: Entry[], random: () => number): void {
  const at = below(random, entries.length);
  const entry = entries[at];
  const other = entries[below(random, entries.length)];
  if (!entry || !other) return;
  const kind = random();
  if (kind < 0.15) entries.splice(at, 1);
  else if (kind < 0.3) entry.name = random() < 0.5 ? other.name : pick(random, NAMES);
  else if (kind < 0.45) entry.data = other.data;
  else if (kind < 0.6) entry.data = entry.data.subarray(0, below(random, entry.data.length + 1));
  else if (kind < 0.7)
    entry.lies.size = pick(random, [0, 1, 0xffffffff, 0x7fffffff, 2 * entry.data.length]);
  else if (kind < 0.8) entry.lies.offset = below(random, 2 ** pick(random, [8, 16, 32]));
  else if (kind < 0.9) entry.lies.method = pick(random, [1, 8, 93, 99]);
  else entry.lies.flags = 1 << below(random, 16);
}
