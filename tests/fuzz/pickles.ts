/** Damage to a pickle, opcode by opcode. */
import { join } from '../../src/checkpoints/onnx/protobuf.ts';
import { Cursor } from '../../src/checkpoints/cursor.ts';
import { OPCODES, type Argument } from '../../src/checkpoints/pickle-opcodes.ts';
import type { Mutation } from './bytes.ts';
import { below, pick } from './random.ts';

const STOP = 0x2e;
/** Names that matter to the reader, and some that must not. */
const NAMES = [
  'torch._utils\n_rebuild_tensor_v2',
  'torch._utils\n_rebuild_parameter',
  'torch._utils\n_rebuild_qtensor',
  'torch._tensor\n_rebuild_from_type_v2',
  'collections\nOrderedDict',
  'builtins\nset',
  'copyreg\n_reconstructor',
  'torch\nFloatStorage',
  'torch\nComplexFloatStorage',
  'numpy.core.multiarray\n_reconstruct',
  'os\nsystem',
  '__main__\nNet',
  '\n',
];

/** Where each opcode of the pickle that begins at the cursor stands, the last one STOP. */
function opcodesOf(bytes: Uint8Array, start: number): number[] {
  const cursor = new Cursor(bytes, start);
  const starts: number[] = [];
  for (;;) {
    starts.push(cursor.position);
    const byte = cursor.u8();
    if (byte === STOP) return [...starts, cursor.position];
    const opcode = OPCODES[byte];
    if (!opcode) throw new Error(`The fixture holds the byte ${byte} for an opcode.`);
    skip(cursor, opcode.argument);
  }
}

function skip(cursor: Cursor, argument: Argument): void {
  if (typeof argument === 'number') cursor.skip(argument);
  else if (argument === 'bytes1') cursor.skip(cursor.u8());
  else if (argument === 'bytes4') cursor.skip(cursor.u32());
  else if (argument === 'bytes8') cursor.skip(cursor.u64());
  else {
    for (let lines = argument === 'lines' ? 2 : 1; lines > 0; lines--)
      cursor.position = cursor.bytes.indexOf(0x0a, cursor.position) + 1;
  }
}

const encode = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const CODES = OPCODES.flatMap((opcode, byte) => (opcode && byte !== STOP ? [byte] : []));

/** An opcode with an argument that is often sound. */
function randomOpcode(random: () => number): Uint8Array {
  const byte = pick(random, CODES);
  const argument = OPCODES[byte]?.argument ?? 0;
  const anyByte = (): number => (random() < 0.5 ? below(random, 8) : below(random, 256));
  const some = (length: number): number[] => Array.from({ length }, anyByte);
  const head = String.fromCharCode(byte);
  if (argument === 'line') return encode(`${head}${pick(random, ['0', '1', '-1', 'x', '1e9'])}\n`);
  if (argument === 'lines') return encode(`${head}${pick(random, NAMES)}\n`);
  if (typeof argument === 'number') return Uint8Array.of(byte, ...some(argument));
  const length = below(random, 20);
  const width = { bytes1: 1, bytes4: 4, bytes8: 8 }[argument];
  const zeros = new Array<number>(width - 1).fill(0);
  return Uint8Array.of(byte, length, ...zeros, ...some(length));
}

/** Leaves out, repeats, swaps, replaces or adds opcodes of one of the pickles in a row. */
export function mutatePickle(pickles: number): Mutation {
  return (bytes, random) => {
    let start = 0;
    let starts = opcodesOf(bytes, start);
    // Most often the last one: before it PyTorch's old files have only a header.
    const which = random() < 0.9 ? pickles - 1 : below(random, pickles);
    for (let i = 0; i < which; i++) {
      start = starts.at(-1) ?? 0;
      starts = opcodesOf(bytes, start);
    }
    const codes = starts.slice(0, -1).map((at, i) => bytes.subarray(at, starts[i + 1]));
    for (let i = Math.ceil(random() * 5); i > 0; i--) mutateOnce(codes, random);
    return join([bytes.subarray(0, start), ...codes, bytes.subarray(starts.at(-1))]);
  };
}

function mutateOnce(codes: Uint8Array[], random: () => number): void {
  const at = below(random, codes.length);
  const other = below(random, codes.length);
  const here = codes[at] ?? new Uint8Array(0);
  const kind = random();
  if (kind < 0.2) codes.splice(at, 1);
  else if (kind < 0.35)
    codes.splice(at, 0, ...new Array<Uint8Array>(below(random, 200)).fill(here));
  else if (kind < 0.5) {
    codes[at] = codes[other] ?? here;
    codes[other] = here;
  } else if (kind < 0.7) codes[at] = randomOpcode(random);
  else if (kind < 0.9) codes.splice(at, 0, randomOpcode(random));
  // A piece of the pickle again somewhere else.
  else codes.splice(other, 0, ...codes.slice(at, at + below(random, 50)));
}
