import { describe, expect, test } from 'vitest';
import { readContents } from '../../../src/checkpoints/index.ts';
import { ForeignTensor, Placeholder } from '../../../src/checkpoints/placeholder.ts';
import { Tensor } from '../../../src/checkpoints/tensor.ts';
import { fixture } from './fixtures.ts';
import { ARGUMENTS, load, open, STORAGE, TENSOR, text } from './opcodes.ts';

test('a hostile pickle is refused by name, and nothing runs', () => {
  expect(() => readContents(fixture('checkpoints/hostile.pth'))).toThrow(
    expect.objectContaining({
      code: 'refused',
      message:
        'The file asks for posix.system, which no checkpoint needs; it was refused and nothing was run.',
    }),
  );
});

describe('what is not on the allow-list becomes a placeholder, and nothing runs', () => {
  test.each([
    ['os.system', `cos\nsystem\n${text('echo')}\x85R.`, [['echo']]],
    ['builtins.eval', `cbuiltins\neval\n(${text('1')}tR.`, [['1']]],
    ['builtins.getattr', `${text('builtins')}${text('getattr')}\x93.`, []],
    ['torch.load', 'ctorch\nload\n.', []],
    ['torch.constructor', 'ctorch\nconstructor\n.', []],
    ['torch.toString', 'ctorch\ntoString\n.', []],
    ['__proto__.constructor', 'c__proto__\nconstructor\n.', []],
    ['__main__.Net', '(i__main__\nNet\n.', [[]]],
    ['__main__.Net', '(c__main__\nNet\nK\x01o.', [[1]]],
    ['__main__.Net', 'c__main__\nNet\nK\x01\x85}\x92.', [[1]]],
    ['__main__.Net', `c__main__\nNet\n)}${text('a')}K\x01s\x92.`, [[new Map([['a', 1]])]]],
    ['__main__.Net', 'c__main__\nNet\nNR.', [[null]]],
    ['__main__.Net', 'ccopy_reg\n_reconstructor\n(c__main__\nNet\nc__builtin__\nobject\nNtR.', []],
    ['__main__.Net', 'ccopyreg\n__newobj__\n(c__main__\nNet\nK\x01tR.', [[1]]],
    ['copyreg.extension_7', '\x82\x07.', []],
    ['copyreg.extension_263', '\x83\x07\x01.', []],
    ['copyreg.extension_-1', '\x84\xff\xff\xff\xff.', []],
  ])('%s', (name, code, [args = []]) => {
    expect(load(`\x80\x02${code}`)).toMatchObject({ name, args });
  });

  test('it keeps what is set, appended and built', () => {
    const code = `c__main__\nD\n)R(${text('a')}K\x01u${text('b')}K\x02sK\x03a(K\x04K\x05e(K\x06\x90(K\x07K\x08tb.`;
    const value = load(`\x80\x02${code}`);
    expect(value).toBeInstanceOf(Placeholder);
    expect(value).toMatchObject({ state: [7, 8], items: [3, 4, 5, 6] });
    expect(value instanceof Placeholder && value.entries).toEqual(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
  });

  test('two objects of a class share its name, and nothing else', () => {
    const [a, b] = load('\x80\x02(c__main__\nD\n)\x81K\x01ac__main__\nD\n)\x81t.') as Placeholder[];
    expect([a?.items, b?.items]).toEqual([[1], []]);
  });

  test('what is called is called again, and stays inert', () => {
    expect(load(`\x80\x02cbuiltins\ngetattr\n)RK\x01\x85R.`)).toMatchObject({
      name: 'builtins.getattr',
      args: [1],
    });
  });

  test('the names are told', () => {
    const code = 'cos\nsystem\nc__main__\nNet\nccollections\nOrderedDict\n\x87.';
    expect([...open(`\x80\x02${code}`).globals]).toEqual(['os.system', '__main__.Net']);
  });

  test('a dictionary of a class of its own, in protocol 0', () => {
    const code = `ccopy_reg\n_reconstructor\n(c__main__\nD\nc__builtin__\ndict\n(${text('a')}K\x01dtR.`;
    const value = load(code);
    expect(value instanceof Placeholder && value.entries).toEqual(new Map([['a', 1]]));
  });

  test('a storage type is named, but never called', () => {
    expect(load('\x80\x02ctorch\nFloatStorage\n)R.')).toBeInstanceOf(Placeholder);
  });

  test.each([
    ['text', 'P123\n.'],
    ['tuple', `${text('weights')}K\x01\x86Q.`],
    ['number', 'K\x01Q.'],
  ])('so does a persistent id that is a %s of its own', (_, code) => {
    expect(load(code)).toMatchObject({ name: 'a persistent object' });
  });

  test('a module of an old file is its class', () => {
    const code = `(${text('module')}c__main__\nNet\n${text('net.py')}${text('source')}tQ.`;
    expect(load(code)).toMatchObject({ name: '__main__.Net', args: [] });
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
    ['an integer of 17 bytes', `\x8a\x11${'\0'.repeat(16)}\x01.`, 1n << 128n],
    ['a negative one', `\x8a\x11${'\0'.repeat(16)}\xff.`, -(1n << 128n)],
    ['one of 375 bytes', `\x8b\x77\x01\0\0${'\xff'.repeat(374)}\x7f.`, (1n << 2999n) - 1n],
    ['no bytes at all', '\x8a\x00.', 0],
    [
      'protocol 0',
      "(I-12\nI01\nI00\nL99999999999999999999L\nF1.5\nF-inf\nS'a\\n\\x41'\nVé\\u00e9\nt.".replace(
        'é',
        '\xe9',
      ),
      [-12, true, false, 99999999999999999999n, 1.5, -Infinity, 'a\nA', 'éé'],
    ],
    [
      'a list and a dictionary of protocol 0',
      "(lp0\nI1\na(dp1\nS'a'\nI2\nsa.",
      [1, new Map([['a', 2]])],
    ],
    ['a byte string of Python 2 in UTF-8', 'U\x02\xc3\xa9.', 'é'],
    ['one in Latin-1', 'T\x02\0\0\0\xe9t.', 'ét'],
    ['a frozen set', '(K\x01K\x02\x91.', [1, 2]],
    [
      'bytes and a byte array',
      'C\x01a\x96\x01\0\0\0\0\0\0\0b\x98\x86.',
      [Uint8Array.of(97), Uint8Array.of(98)],
    ],
    ['DUP, POP and POP_MARK', 'K\x012K\x030(K\x041\x86.', [1, 1]],
    ['POP of a mark', 'K\x01(0.', 1],
    ['a lone surrogate of Python', 'X\x03\0\0\0\xed\xb3\xa9.', '\ufffd\ufffd\ufffd'],
    ['the memo of protocol 0', '(I7\np300\n0g300\ng300\nt.', [7, 7]],
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

  test('nothing is known of bytes of another machine, but the tensor is there', () => {
    expect(load(`\x80\x02${TENSOR.replace('FloatStorage', 'QInt8Storage')}.`)).toEqual(
      new ForeignTensor('a quantised tensor'),
    );
  });

  test.each([
    [
      'a parameter with attributes',
      `ctorch._utils\n_rebuild_parameter_with_state\n(${TENSOR}\x88NNtR.`,
    ],
    ['a parameter before 0.4', `ctorch.nn.parameter\nParameter\n${TENSOR}\x85R}b.`],
    [
      'a subclass',
      `ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\ncfastai.torch_core\nTensorBase\n${ARGUMENTS}}tR.`,
    ],
    [
      'a parameter of a subclass',
      `ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_parameter\ncmy\nParameter\n(${TENSOR}\x88NtNtR.`,
    ],
    [
      'a tensor from another device',
      `ctorch._utils\n_rebuild_device_tensor_from_cpu_tensor\n(${TENSOR}NNtR.`,
    ],
  ])('%s is a tensor', (_, code) => {
    expect(load(`\x80\x02${code}.`)).toBeInstanceOf(Tensor);
  });

  test.each([
    ['a quantised tensor', 'ctorch._utils\n_rebuild_qtensor\n)R'],
    ['a sparse tensor', 'ctorch._utils\n_rebuild_sparse_tensor\n)R'],
    ['a complex tensor', TENSOR.replace('FloatStorage', 'ComplexFloatStorage')],
    ['a meta tensor, which has no values', 'ctorch._utils\n_rebuild_meta_tensor_no_storage\n)R'],
    ['a nested tensor', 'ctorch._utils\n_rebuild_nested_tensor\n)R'],
    [
      'a tensor of type uint16',
      'ctorch._utils\n_rebuild_tensor_v3\n(NK\x00))\x89Nctorch\nuint16\nNtR',
    ],
    [
      'a tensor of the class my.Wrapper',
      'ctorch._utils\n_rebuild_wrapper_subclass\n(cmy\nWrapper\ntR',
    ],
    [
      'a tensor of the class my.Lazy',
      'ctorch._tensor\n_rebuild_from_type_v2\n(cmy\nmake\ncmy\nLazy\n)}tR',
    ],
    ['a numpy array', 'cnumpy.core.multiarray\n_reconstruct\n)R(K\x01)Ntb'],
    ['a numpy array', 'cnumpy._core.numeric\n_frombuffer\n)R'],
    ['an object of my.Values', 'ctorch._utils\n_rebuild_parameter\n(cmy\nValues\n)R\x88NtR'],
  ])('%s is told', (kind, code) => {
    expect(load(`\x80\x02${code}.`)).toEqual(new ForeignTensor(kind));
  });

  test('a view of a storage, as before 0.4, begins where it does', () => {
    const view = STORAGE.replace(/tQ$/, `(${text('1')}K\x02K\x04ttQ`);
    expect(load(`\x80\x02${TENSOR.replace(STORAGE, view)}.`)).toMatchObject({ offset: 2 });
  });

  test('a rebuilding that asks for itself ends', () => {
    const rebuild = 'ctorch._tensor\n_rebuild_from_type_v2\n';
    const code = `]q\x00(${rebuild}Nh\x00Ne0${rebuild}h\x00R`;
    expect(load(`\x80\x02${code}.`)).toBeInstanceOf(ForeignTensor);
  });
});

test.each([
  ['no end', '\x80\x02N', 'truncated'],
  ['nothing', '\x80\x02.', 'malformed'],
  ['an unknown opcode', '\x80\x02\xff.', 'malformed'],
  ['an integer that is none', 'Ix\n.', 'malformed'],
  ['a slot that is none', 'Npx\n.', 'malformed'],
  ['a float that is none', 'F1.2.3\n.', 'malformed'],
  ['a text without quotes', 'Sabc\n.', 'malformed'],
  ['a line without an end', 'I12', 'malformed'],
  ['data out of band', '\x80\x05\x97.', 'unsupported'],
  ['a value below a mark', 'K\x01(0(a.', 'malformed'],
  ['attributes of a number', 'K\x01}b.', 'malformed'],
  ['a key without a value', '}(K\x01u.', 'malformed'],
  ['a mark that is missing', 'K\x01t.', 'malformed'],
  ['a text that is cut off', '\x80\x02X\xff\xff\xff\xffabc.', 'truncated'],
  ['a memo slot that is empty', '\x80\x02h\x05.', 'malformed'],
  ['a call of a number', '\x80\x02K\x01)R.', 'malformed'],
  [
    'a tensor without storage',
    '\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(K\x01K\x00))tR.',
    'malformed',
  ],
  ['a storage that is none', `\x80\x02(${text('storage')}NNNNtQ.`, 'malformed'],
])('%s is a typed error', (_, code, expected) => {
  expect(() => load(code)).toThrow(expect.objectContaining({ code: expected }));
});
