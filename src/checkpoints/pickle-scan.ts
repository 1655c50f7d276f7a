import { Cursor } from './cursor.ts';
import { malformed } from './pickle-machine.ts';
import { OPCODES, type Argument } from './pickle-opcodes.ts';

export const STOP = 0x2e;
const [LONG_BINGET, BINGET, GET] = [0x6a, 0x68, 0x67];
const LINE_FEED = 0x0a;
const LENGTH_BYTES = { bytes1: 1, bytes4: 4, bytes8: 8 } as const;
/** A memo has no more slots than the pickle has bytes; Python leaves gaps of up to this. */
const GAP = 1 << 20;

/**
 * Reads over a pickle without running it, and tells which slots of the memo are recalled. Python
 * remembers every object and recalls few, so that what is not asked for need not be kept. The cursor
 * stays where it is. Throws a CheckpointError for what is no sequence of opcodes.
 */
export function recalledSlots(cursor: Cursor): (slot: number) => boolean {
  const { bytes } = cursor;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = cursor.position;
  const recalled = new Slots();
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte === STOP) return (slot) => recalled.has(slot);
    const begin = within(bytes, at, at + 1);
    const opcode = OPCODES[byte ?? STOP];
    if (!opcode) throw malformed(`the byte 0x${byte?.toString(16) ?? ''} is no opcode`);
    at = skip(bytes, view, begin, opcode.argument);
    let slot = -1;
    if (byte === BINGET) slot = view.getUint8(begin);
    else if (byte === LONG_BINGET) slot = view.getUint32(begin, true);
    else if (byte === GET) slot = decimal(bytes, begin, at - 1);
    else continue;
    if (slot > at - start + GAP) throw malformed(`it recalls slot ${slot}, which holds nothing`);
    recalled.add(slot);
  }
}

/** A number in decimal digits; infinite for what is none. */
function decimal(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return Infinity;
    value = 10 * value + digit;
  }
  return value;
}

/** Where the opcode's argument ends. */
function skip(bytes: Uint8Array, view: DataView, at: number, argument: Argument): number {
  if (typeof argument === 'number') return within(bytes, at, at + argument);
  if (argument === 'line') return lineEnd(bytes, at);
  if (argument === 'lines') return lineEnd(bytes, lineEnd(bytes, at));
  const width = LENGTH_BYTES[argument];
  const begin = within(bytes, at, at + width);
  if (width === 1) return within(bytes, begin, begin + view.getUint8(at));
  const length = width === 4 ? view.getUint32(at, true) : new Cursor(bytes, at).u64();
  return within(bytes, begin, begin + length);
}

function within(bytes: Uint8Array, from: number, to: number): number {
  // The cursor's own error tells how much is missing.
  if (to > bytes.length) new Cursor(bytes, from).take(to - from);
  return to;
}

function lineEnd(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(LINE_FEED, at);
  if (end < 0) throw malformed('a line has no end');
  return end + 1;
}

/** A set of small integers, a bit each. */
class Slots {
  #bits = new Uint8Array(1024);

  add(slot: number): void {
    const byte = slot >>> 3;
    if (byte >= this.#bits.length) {
      const larger = new Uint8Array(2 * byte);
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (slot & 7));
  }

  has(slot: number): boolean {
    return (((this.#bits[slot >>> 3] ?? 0) >> (slot & 7)) & 1) === 1;
  }
}
