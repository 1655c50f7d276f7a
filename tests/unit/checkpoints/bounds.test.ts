import { describe, expect, test } from 'vitest';
import { MAX_MS, maxBytes, outcomeOf } from '../../fuzz/read.ts';
import { TENSOR } from './opcodes.ts';

/**
 * The densest files that we can think of: each is opened or refused within two seconds, and within ten
 * times its size in memory and 32 MB. Costs grow with the size, so that 2 MB show what 20 would do.
 */
const BYTES = 2_000_000;
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const filled = (head: string, piece: string, tail: string): string =>
  head + piece.repeat(Math.floor((BYTES - head.length - tail.length) / piece.length)) + tail;
const many = (piece: (i: number) => string, bytes = BYTES): string => {
  const pieces: string[] = [];
  for (let i = 0, length = 0; length < bytes; length += pieces[i++]?.length ?? 1)
    pieces.push(piece(i));
  return pieces.join('');
};
const u32 = (n: number): string =>
  String.fromCharCode(n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24);

function expectBounded(bytes: Uint8Array): void {
  const first = outcomeOf(bytes);
  // Garbage counts as well, of whatever ran before; a second reading tells what the file itself takes.
  const outcome = first.taken < maxBytes(bytes.length) ? first : outcomeOf(bytes);
  const { code, ms, taken, fault } = outcome;
  expect(fault).toBeUndefined();
  expect(code).not.toBe('read');
  expect(ms).toBeLessThan(MAX_MS);
  expect(taken).toBeLessThan(maxBytes(bytes.length));
}

describe('pickles', () => {
  /** The header of PyTorch's old files, so that storages are there. */
  const torch = `\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}U\x0dlittle_endian\x88s.\x80\x02`;
  test.each([
    ['dictionaries', filled(torch, '}', '.')],
    ['lists', filled(torch, ']', '.')],
    ['lists of one', filled(torch, ']Na', '.')],
    ['lists within lists', filled(torch, ']', 'a'.repeat(1000) + '.')],
    ['tuples within tuples', filled(`${torch}N`, '\x85', '.')],
    ['marks', filled(torch, '(', '.')],
    ['the stack', filled(torch, 'N', '.')],
    ['copies of the top', filled(`${torch}N`, '2', '.')],
    ['the memo', filled(`${torch}N`, 'q\0h\0', '.')],
    ['slots far apart', filled(`${torch}N`, 'r\xff\xff\xff\xff', '.')],
    ['many slots', torch + many((i) => `N\x94j${u32(i)}`) + '.'],
    ['views of bytes', filled(torch, 'C\0', '.')],
    ['short texts', filled(torch, '\x8c\x02ab', '.')],
    ['texts in Latin-1', filled(torch, 'U\x01\xe90', 'N.')],
    ['a long text in Latin-1', `${torch}T${u32(BYTES)}${'\xe9'.repeat(BYTES)}.`],
    ['a long integer', `${torch}L${'9'.repeat(BYTES)}L\n.`],
    ['integers', filled(torch, '\x8a\x01\x05', '.')],
    ['long integers', filled(torch, `\x8b\xe8\x03\0\0${'a'.repeat(1000)}`, '.')],
    ['a long text with escapes', `${torch}S'${'\\x41'.repeat(BYTES / 4)}'\n.`],
    ['names', torch + many((i) => `ca\n${i}\n0`) + 'N.'],
    [
      'one long name, again and again',
      filled(`${torch}X${u32(200_000)}${'x'.repeat(200_000)}q\0`, 'h\0h\0\x930', '.'),
    ],
    [
      'long names of one module',
      `${torch}X${u32(200_000)}${'x'.repeat(200_000)}q\0` +
        many((i) => `h\0U\x04${u32(i)}\x930`) +
        '.',
    ],
    ['objects', filled(`${torch}c__main__\nD\nq\0`, 'h\0)\x81', '.')],
    ['codes of extensions', torch + many((i) => `\x84${u32(i)}0`) + 'N.'],
    [
      'empty dictionaries by call',
      filled(`${torch}ccollections\nOrderedDict\nq\0)q\x01`, 'h\0h\x01R', '.'),
    ],
    ['persistent ids', filled(torch, 'NQ', '.')],
    ['tensors', filled(torch, TENSOR, '.')],
    ['keys', `${torch}}(` + many((i) => `J${u32(i)}N`) + 'u.'],
  ])('%s', (_, code) => {
    expectBounded(bytesOf(code));
  });
});

describe('safetensors headers', () => {
  const entry = '{"dtype":"U8","shape":[0],"data_offsets":[0,0]}';
  test.each([
    ['lists within lists', `{"a":${'['.repeat(BYTES)}`],
    ['objects within objects', '{"a":'.repeat(BYTES / 5)],
    ['blanks', `{${' '.repeat(BYTES)}}`],
    ['empty objects', `{${many((i) => `"${i}":{},`)}`],
    ['tensors', `{${many((i) => `"${i}":${entry},`)}"a":${entry}}`],
    ['metadata', `{"__metadata__":{${many((i) => `"${i}":"",`)}"a":""}}`],
    ['axes', `{"a":{"dtype":"U8","shape":[${'1,'.repeat(BYTES / 2)}1],"data_offsets":[0,1]}}`],
    ['one long name', `{"${'a'.repeat(BYTES)}":${entry}}`],
    ['quotes in a name', `{"${'\\"'.repeat(BYTES / 2)}":${entry}}`],
    ['backslashes in a name', `{"${'\\\\'.repeat(BYTES / 2)}":${entry}}`],
    ['a number without end', `{"a":{"dtype":"U8","shape":[${'9'.repeat(BYTES)}]`],
  ])('%s', (_, header) => {
    expectBounded(bytesOf(`${u32(header.length)}\0\0\0\0${header}`));
  });
});

test.each([
  ['a directory of many entries', 65_535, 0],
  ['a directory of long names', 6000, 300],
])('archives: %s', (_, count, padding) => {
  const name = (i: number): string => `${i}`.padEnd(padding, 'x');
  const entries = Array.from({ length: count }, (__, i) => {
    const { length } = name(i);
    return `PK\x01\x02${'\0'.repeat(24)}${String.fromCharCode(length & 255, length >> 8)}${'\0'.repeat(16)}${name(i)}`;
  }).join('');
  const counts = u32(count).slice(0, 2).repeat(2);
  expectBounded(
    bytesOf(`PK\x03\x04${entries}PK\x05\x06\0\0\0\0${counts}${u32(entries.length)}${u32(4)}\0\0`),
  );
});

test.each([
  ['blanks', ' '.repeat(BYTES)],
  ['comments', '<!--'.repeat(BYTES / 4)],
  ['braces', '{'.repeat(BYTES)],
  ['zeros', '\0'.repeat(BYTES)],
])('other files: %s', (_, text) => {
  expectBounded(bytesOf(text));
});
