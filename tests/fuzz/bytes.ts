import { join } from '../../src/checkpoints/onnx/protobuf.ts';
import { below, pick } from './random.ts';

/** One kind of damage to a file. What goes in stays as it is. */
export type Mutation = (bytes: Uint8Array, random: () => number) => Uint8Array<ArrayBuffer>;

/** Tables stand at the beginning (pickles, headers) and at the end (zip's directory). */
const TABLE_BYTES = 24_000;
const LENGTHS = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff, 2 ** 40, 2 ** 53, 2 ** 63];

function somewhere(bytes: Uint8Array, random: () => number): number {
  const kind = random();
  const at = below(random, Math.min(TABLE_BYTES, bytes.length));
  if (kind < 0.6) return at;
  if (kind < 0.85) return bytes.length - 1 - at;
  return below(random, bytes.length);
}

const flipBits: Mutation = (original, random) => {
  const bytes = Uint8Array.from(original);
  for (let i = Math.ceil(random() * 4); i > 0; i--) {
    const at = somewhere(bytes, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  }
  return bytes;
};

const truncate: Mutation = (bytes, random) =>
  Uint8Array.from(
    bytes.subarray(0, random() < 0.5 ? somewhere(bytes, random) : below(random, bytes.length)),
  );

const blowUp: Mutation = (original, random) => {
  const bytes = Uint8Array.from(original);
  const at = Math.min(somewhere(bytes, random), bytes.length - 8);
  if (at < 0) return bytes;
  const value = BigInt(pick(random, LENGTHS));
  const view = new DataView(bytes.buffer);
  if (random() < 0.5) view.setUint32(at, Number(value & 0xffffffffn), true);
  else view.setBigUint64(at, value, true);
  return bytes;
};

/** Digits of a JSON header become nines, opcodes become others. */
const overwrite: Mutation = (original, random) => {
  const bytes = Uint8Array.from(original);
  const at = somewhere(bytes, random);
  return bytes.fill(random() < 0.3 ? 0x39 : below(random, 256), at, at + Math.ceil(random() * 8));
};

const repeat: Mutation = (bytes, random) => {
  const from = somewhere(bytes, random);
  const piece = bytes.subarray(from, from + Math.ceil(random() * 64));
  return join([bytes.subarray(0, from), piece, bytes.subarray(from)]);
};

/** Damage that knows nothing of the format. */
export const BLIND: readonly Mutation[] = [flipBits, truncate, blowUp, overwrite, repeat];
