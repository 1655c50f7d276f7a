import { describe, expect, test } from 'vitest';
import { readContents, toFloat32 } from '../../../src/checkpoints/index.ts';
import { Tensor } from '../../../src/checkpoints/tensor.ts';
import { readSafetensors, writeSafetensors } from '../../../src/checkpoints/safetensors.ts';
import { readZip } from '../../../src/checkpoints/zip.ts';
import { fixture } from './fixtures.ts';

const valuesOf = (tensor: unknown): Float32Array | undefined =>
  tensor instanceof Tensor ? toFloat32(tensor) : undefined;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('safetensors', () => {
  const file = (header: object | string, data = new Uint8Array(0)): Uint8Array => {
    const json = encode(typeof header === 'string' ? header : JSON.stringify(header));
    const bytes = new Uint8Array(8 + json.length + data.length);
    new DataView(bytes.buffer).setUint32(0, json.length, true);
    bytes.set(json, 8);
    bytes.set(data, 8 + json.length);
    return bytes;
  };
  const entry = (dtype: string, shape: number[], begin: number, end: number): object => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  });

  test('what is written is read', () => {
    const values = Float32Array.of(1, -2.5, 0.1, 65504);
    const bytes = writeSafetensors(
      [
        { name: 'half', dtype: 'F16', shape: [4], values: () => values },
        { name: 'single', dtype: 'F32', shape: [2, 2], values: () => values },
      ],
      { format: 'pt' },
    );
    const { tensors, metadata } = readSafetensors(bytes);
    expect(metadata).toEqual({ format: 'pt' });
    const [single, half] = ['single', 'half'].map((name) => tensors.get(name));
    expect(single).toMatchObject({ shape: [2, 2] });
    expect(valuesOf(single)).toEqual(values);
    expect(valuesOf(half)).toEqual(Float32Array.from(new Float16Array(values)));
  });

  test('a value beyond float16 is refused by name', () => {
    const write = () =>
      writeSafetensors(
        [{ name: 'w', dtype: 'F16', shape: [1], values: () => Float32Array.of(70000) }],
        {},
      );
    expect(write).toThrow(
      'The tensor w holds 70000, which float16 cannot hold; write float32 instead.',
    );
  });

  test('every type is decoded', () => {
    const data = new DataView(new ArrayBuffer(32));
    data.setFloat64(0, Math.PI, true);
    data.setBigInt64(8, -7n, true);
    data.setUint16(16, 0x4049, true);
    data.setInt32(20, -8, true);
    data.setInt16(24, -9, true);
    data.setInt8(26, -10);
    data.setUint8(27, 200);
    data.setUint8(28, 1);
    const spans = {
      double: entry('F64', [1], 0, 8),
      long: entry('I64', [], 8, 16),
      brain: entry('BF16', [1], 16, 18),
      half: entry('F16', [1], 18, 20),
      int: entry('I32', [1], 20, 24),
      short: entry('I16', [1], 24, 26),
      char: entry('I8', [1], 26, 27),
      byte: entry('U8', [1], 27, 28),
      bool: entry('BOOL', [1], 28, 29),
      rest: entry('U8', [3], 29, 32),
    };
    const { tensors } = readSafetensors(file(spans, new Uint8Array(data.buffer)));
    const read = Object.fromEntries(
      Array.from(tensors, ([name, tensor]) => [name, valuesOf(tensor)?.[0]]),
    );
    expect(read).toEqual({
      double: Math.fround(Math.PI),
      long: -7,
      brain: 3.140625,
      half: 0,
      int: -8,
      short: -9,
      char: -10,
      byte: 200,
      bool: 1,
      rest: 0,
    });
  });

  const two = new Uint8Array(2);
  test.each([
    ['no JSON', file('{"w":'), 'malformed'],
    ['a list', file('[1]  '), 'unrecognised'],
    ['an entry that is none', file({ w: 1 }), 'malformed'],
    ['a negative size', file({ w: entry('U8', [-2], 0, 2) }, two), 'malformed'],
    ['a shape that is no size', file({ w: entry('U8', [1.5], 0, 2) }, two), 'malformed'],
    ['offsets in reverse', file({ w: entry('U8', [0], 2, 0) }, two), 'malformed'],
    ['another size than the shape', file({ w: entry('F32', [1], 0, 2) }, two), 'malformed'],
    ['an unknown type', file({ w: entry('F8_E4M3', [2], 0, 2) }, two), 'unsupported'],
    ['a tensor beyond the end', file({ w: entry('U8', [3], 0, 3) }, two), 'truncated'],
    ['bytes of no tensor', file({ w: entry('U8', [1], 0, 1) }, two), 'malformed'],
    ['a gap', file({ w: entry('U8', [1], 1, 2) }, two), 'malformed'],
    [
      'an overlap',
      file({ v: entry('U8', [2], 0, 2), w: entry('U8', [1], 1, 2) }, two),
      'malformed',
    ],
    ['metadata that are no strings', file({ __metadata__: { a: 1 } }), 'malformed'],
    ['nothing', file({}), 'no-weights'],
  ])('%s is a typed error', (_, bytes, code) => {
    expect(() => readContents(bytes)).toThrow(expect.objectContaining({ code }));
  });

  test('a header of a gigabyte is refused before anything is read', () => {
    const bytes = file({});
    new DataView(bytes.buffer).setUint32(0, 2 ** 30, true);
    expect(() => readContents(bytes)).toThrow(expect.objectContaining({ code: 'limit' }));
  });
});

describe('zip', () => {
  /** An archive of one stored entry, all its numbers in ZIP64 fields as for one beyond 4 GB. */
  function zip64(name: string, data: Uint8Array, method = 0): Uint8Array {
    const out: number[] = [];
    const number = (value: number, bytes: number): void => {
      for (let i = 0; i < bytes; i++) out.push(Math.floor(value / 256 ** i) % 256);
    };
    const [local, central, end64] = [0, 30 + name.length + data.length + 12, 0];
    number(0x04034b50, 4);
    [45, 0, method, 0, 0].forEach((n) => {
      number(n, 2);
    });
    [0, 0xffffffff, 0xffffffff].forEach((n) => {
      number(n, 4);
    });
    [name.length, 12].forEach((n) => {
      number(n, 2);
    });
    out.push(...encode(name), 0x46, 0x42, 8, 0, ...new Array<number>(8).fill(0x5a), ...data);
    const start = out.length;
    expect(start).toBe(central + end64 + local);
    number(0x02014b50, 4);
    [45, 45, 0, method, 0, 0].forEach((n) => {
      number(n, 2);
    });
    [0, 0xffffffff, 0xffffffff].forEach((n) => {
      number(n, 4);
    });
    [name.length, 32, 0, 0, 0].forEach((n) => {
      number(n, 2);
    });
    [0, 0xffffffff].forEach((n) => {
      number(n, 4);
    });
    out.push(...encode(name), 0x99, 0x99, 0, 0, 1, 0, 24, 0);
    [data.length, data.length, local].forEach((n) => {
      number(n, 8);
    });
    const end = out.length;
    number(0x06064b50, 4);
    number(44, 8);
    [45, 45].forEach((n) => {
      number(n, 2);
    });
    [0, 0].forEach((n) => {
      number(n, 4);
    });
    [1, 1, end - start, start].forEach((n) => {
      number(n, 8);
    });
    number(0x07064b50, 4);
    number(0, 4);
    number(end, 8);
    number(1, 4);
    number(0x06054b50, 4);
    [0, 0, 0xffff, 0xffff].forEach((n) => {
      number(n, 2);
    });
    [0xffffffff, 0xffffffff].forEach((n) => {
      number(n, 4);
    });
    out.push(3, 0, ...encode('hey'));
    return Uint8Array.from(out);
  }

  test('ZIP64 is read, comments and unknown fields are passed over', () => {
    const entries = readZip(zip64('a/b', encode('hello')));
    expect([...entries.keys()]).toEqual(['a/b']);
    expect(entries.get('a/b')?.open()).toEqual(encode('hello'));
  });

  test('a compressed entry is refused when it is opened', () => {
    const entry = readZip(zip64('a/b', encode('hello'), 8)).get('a/b');
    expect(() => entry?.open()).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  test('an archive of something else is told', () => {
    expect(() => readContents(zip64('word/document.xml', encode('x')))).toThrow(
      'The file is a zip archive without a checkpoint in it (no data.pkl); bring the file that torch.save wrote.',
    );
  });

  test('the first half of an archive asks for a new download', () => {
    const bytes = fixture('checkpoints/torchvision-zip.pth');
    expect(() => readContents(bytes.subarray(0, bytes.length / 2))).toThrow(
      'The archive has no directory at its end; download or copy the file again.',
    );
  });
});

describe('legacy', () => {
  const bytes = fixture('checkpoints/torchvision-legacy.pth');

  test('a file that is cut off tells how much is missing', () => {
    expect(() => readContents(bytes.subarray(0, bytes.length - 10))).toThrow(
      expect.objectContaining({
        code: 'truncated',
        message: expect.stringContaining('ends 10 bytes too early') as string,
      }),
    );
  });

  test('a file of a big-endian machine is refused', () => {
    const text = Array.from(bytes.subarray(0, 200), (b) => String.fromCharCode(b)).join('');
    const other = bytes.slice();
    other[text.indexOf('\x88', text.indexOf('little_endian'))] = 0x89;
    expect(() => readContents(other)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});
