import { describe, expect, test } from 'vitest';
import { readContents } from '../../../src/checkpoints/index.ts';
import { Cursor } from '../../../src/checkpoints/cursor.ts';
import { Opaque } from '../../../src/checkpoints/pickle.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import { unpickleTorch } from '../../../src/checkpoints/torch-pickle.ts';
import { fixture } from './fixtures.ts';

/** Opcodes as text, a character a byte; `pickletools.dis` shows what they mean. */
const load = (code: string): unknown =>
  unpickleTorch(
    new Cursor(Uint8Array.from(code, (c) => c.charCodeAt(0))),
    ({ dtype, elements }) => new Storage(dtype, new Uint8Array(elements * 4)),
  );
const text = (s: string): string => `X${String.fromCharCode(s.length)}\0\0\0${s}`;
const STORAGE = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K\x06tQ`;
const TENSOR = `ctorch._utils\n_rebuild_tensor_v2\n(${STORAGE}K\x00K\x02K\x03\x86K\x03K\x01\x86\x89ccollections\nOrderedDict\n)RtR`;

test('a hostile pickle is refused by name, and nothing runs', () => {
  expect(() => readContents(fixture('checkpoints/hostile.pth'))).toThrow(
    expect.objectContaining({
      code: 'refused',
      message:
        'The file asks for posix.system, which no checkpoint needs; it was refused and nothing was run.',
    }),
  );
});

describe('anything outside of the allow-list is refused', () => {
  test.each([
    ['os.system', `cos\nsystem\n${text('echo')}\x85R.`],
    ['builtins.eval', `cbuiltins\neval\n${text('1')}\x85R.`],
    ['builtins.getattr', `${text('builtins')}${text('getattr')}\x93.`],
    ['torch.load', 'ctorch\nload\n.'],
    ['torch.constructor', 'ctorch\nconstructor\n.'],
    ['torch.toString', 'ctorch\ntoString\n.'],
    ['__proto__.constructor', 'c__proto__\nconstructor\n.'],
  ])('%s', (name, code) => {
    expect(() => load(`\x80\x02${code}`)).toThrow(
      expect.objectContaining({
        code: 'refused',
        message: expect.stringContaining(name) as string,
      }),
    );
  });

  test('a name that would break the message is made harmless', () => {
    expect(() => load(`\x80\x02ca\r\x1b[2J\nb\n.`)).toThrow('asks for a??[2J.b, which');
    expect(() => load(`\x80\x02c${'x'.repeat(5000)}\ny\n.`)).toThrow(
      /^The file asks for x{500,600}….$/,
    );
  });

  test('a storage type is named, but never called', () => {
    expect(() => load('\x80\x02ctorch\nFloatStorage\n)R.')).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });
});

describe('plain data', () => {
  test.each([
    ['None, booleans', '(N\x88\x89t.', [null, true, false]],
    ['integers', '(K\xffM\xff\xffJ\xff\xff\xff\xff\x8a\x01\xfet.', [255, 65535, -1, -2]],
    ['an integer beyond 2^53', '\x8a\x08\0\0\0\0\0\0\0\x7f.', 0x7f00000000000000n],
    ['a float', 'G\x3f\xf8\0\0\0\0\0\0.', 1.5],
    ['tuples', 'K\x01\x85K\x02K\x03\x86K\x04K\x05K\x06\x87\x87.', [[1], [2, 3], [4, 5, 6]]],
    ['a list', ']K\x01aK\x02a(K\x03K\x04e.', [1, 2, 3, 4]],
    ['a set', '\x8f(K\x01K\x02\x90.', [1, 2]],
    [
      'a dictionary',
      `}(${text('a')}K\x01${text('b')}K\x02u.`,
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ],
    ['a dictionary item by item', `}${text('a')}K\x01s.`, new Map([['a', 1]])],
    ['an old dictionary', `(${text('a')}K\x01d.`, new Map([['a', 1]])],
    ['the memo', '(K\x07q\x00h\x00r\x00\x00\x01\x00j\x00\x00\x01\x00t.', [7, 7, 7]],
    ['numbered memo of protocol 4', '(K\x07\x94K\x08\x94h\x00h\x01t.', [7, 8, 7, 8]],
    ['bytes', 'C\x02ab.', Uint8Array.of(97, 98)],
    ['what is dropped', '(K\x010K\x02K\x031K\x05.', 5],
  ])('%s', (_, code, value) => {
    expect(load(`\x80\x02${code}`)).toEqual(value);
  });
});

describe('what PyTorch writes', () => {
  test('a tensor', () => {
    const tensor = load(`\x80\x02${TENSOR}.`);
    expect(tensor).toBeInstanceOf(Tensor);
    expect(tensor).toMatchObject({ shape: [2, 3], strides: [3, 1], offset: 0 });
  });

  test('a parameter is its tensor', () => {
    const code = `ctorch._utils\n_rebuild_parameter\n(${TENSOR}\x88ccollections\nOrderedDict\n)RtR`;
    expect(load(`\x80\x02${code}.`)).toBeInstanceOf(Tensor);
  });

  test('two tensors on one storage share it', () => {
    const [a, b] = load(`\x80\x02(${TENSOR}${TENSOR}t.`) as [Tensor, Tensor];
    expect(a.storage).toBe(b.storage);
  });

  test('attributes of a state dict are dropped', () => {
    const code = `ccollections\nOrderedDict\n)R(${text('w')}K\x01u}${text('_metadata')}}sb.`;
    expect(load(`\x80\x02${code}`)).toEqual(new Map([['w', 1]]));
  });

  test.each([
    [
      'numpy numbers (learning rates of pycls)',
      `cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\n${text('f8')}K\x00K\x01\x87R(K\x03${text('<')}NtbC\x08\0\0\0\0\0\0\0\0\x86R.`,
    ],
    ['argparse.Namespace (torchvision)', 'cargparse\nNamespace\n)\x81}b.'],
    ['torch.device', `ctorch\ndevice\n${text('cpu')}\x85R.`],
  ])('%s are read over', (_, code) => {
    expect(load(`\x80\x02${code}`)).toBeInstanceOf(Opaque);
  });
});

describe('limits', () => {
  test('a pickle that builds without end', () => {
    expect(() => load(`\x80\x02${'}'.repeat(250_000)}.`)).toThrow(
      expect.objectContaining({ code: 'limit' }),
    );
  });

  test('a pickle that copies a large container again and again', () => {
    const list = `](${']'.repeat(2000)}eq\x00`;
    const copies = 'cbuiltins\nset\nh\x00\x85R'.repeat(2000);
    expect(() => load(`\x80\x02${list}${copies}.`)).toThrow(
      expect.objectContaining({ code: 'limit' }),
    );
  });

  test('a pickle that runs on', () => {
    expect(() => load(`\x80\x02${'N0'.repeat(600_000)}.`)).toThrow(
      expect.objectContaining({ code: 'limit' }),
    );
  });

  test('an integer of a hundred bytes', () => {
    expect(() => load(`\x80\x02\x8a${'d'.repeat(101)}.`)).toThrow(
      expect.objectContaining({ code: 'limit' }),
    );
  });
});

test.each([
  ['no end', '\x80\x02N', 'truncated'],
  ['nothing', '\x80\x02.', 'malformed'],
  ['an unknown opcode', '\x80\x02I1\n.', 'malformed'],
  ['a text that is cut off', '\x80\x02X\xff\xff\xff\xffabc.', 'truncated'],
  ['a text that is no UTF-8', '\x80\x02X\x01\0\0\0\xff.', 'malformed'],
  ['a memo slot that is empty', '\x80\x02h\x05.', 'malformed'],
  ['a call of a number', '\x80\x02K\x01)R.', 'malformed'],
  [
    'a tensor without storage',
    '\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(NK\x00))tR.',
    'malformed',
  ],
  ['a persistent id that is none', '\x80\x02K\x01Q.', 'malformed'],
])('%s is a typed error', (_, code, expected) => {
  expect(() => load(code)).toThrow(expect.objectContaining({ code: expected }));
});
