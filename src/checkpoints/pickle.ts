import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';

/**
 * A machine for the pickle language, protocol 2 and later, that builds data and calls nothing but
 * what the caller's allow-list holds (Python's Lib/pickletools.py describes the opcodes). Dictionaries
 * become `Map`, tuples, lists and sets arrays, large integers bigints.
 */

/** Something that a pickle may name: called with the arguments that the pickle gives. */
export class PickleGlobal {
  readonly name: string;
  readonly call: (args: readonly unknown[]) => unknown;
  constructor(name: string, call: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** An object that is kept only as a name: its state is dropped. */
export class Opaque {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export interface PickleOptions {
  /** What `module name` stands for; undefined refuses it. */
  readonly find: (name: string) => PickleGlobal | undefined;
  /** What a persistent id stands for: PyTorch's way to point to a storage. */
  readonly persistent: (id: unknown) => unknown;
}

/** RegNetX-32GF with optimizer and average takes about 80,000 steps. */
const MAX_STEPS = 1_000_000;
/** Dictionaries, lists and tuples; the same checkpoint makes about 10,000. */
const MAX_CONTAINERS = 200_000;
/** The longest integer of a checkpoint is PyTorch's magic number, of 10 bytes. */
const MAX_INTEGER_BYTES = 16;

const MARK = Symbol('mark');
const utf8 = new TextDecoder('utf-8', { fatal: true });

const malformed = (what: string): CheckpointError =>
  new CheckpointError('malformed', `The pickle in the file is damaged: ${what}.`);

class Machine {
  readonly cursor: Cursor;
  readonly options: PickleOptions;
  readonly stack: unknown[] = [];
  readonly memo = new Map<number, unknown>();
  containers = 0;

  constructor(cursor: Cursor, options: PickleOptions) {
    this.cursor = cursor;
    this.options = options;
  }

  pop(): unknown {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  top(): unknown {
    if (this.stack.length === 0) throw malformed('a value is missing');
    const value = this.stack.at(-1);
    if (value === MARK) throw malformed('a value is missing');
    return value;
  }

  popToMark(): unknown[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw malformed('a mark is missing');
    const values = this.stack.slice(mark + 1);
    this.stack.length = mark;
    return values;
  }

  /** The last values, in the order in which they were pushed. */
  popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** Counts what is built against the limit. */
  built(objects: number): void {
    this.containers += objects;
    if (this.containers > MAX_CONTAINERS)
      throw new CheckpointError(
        'limit',
        `The pickle in the file builds more than ${MAX_CONTAINERS} objects, more than any RegNetX needs.`,
      );
  }

  text(length: number): string {
    const bytes = this.cursor.take(length);
    try {
      return utf8.decode(bytes);
    } catch {
      throw malformed('a text is no UTF-8');
    }
  }

  /** A text up to the next line feed. */
  line(): string {
    const { bytes, position } = this.cursor;
    const end = bytes.indexOf(0x0a, position);
    if (end < 0) throw malformed('a name has no end');
    const text = this.text(end - position);
    this.cursor.position = end + 1;
    return text;
  }

  integer(length: number): number | bigint {
    if (length > MAX_INTEGER_BYTES)
      throw new CheckpointError('limit', `The pickle holds an integer of ${length} bytes.`);
    let value = 0n;
    for (const byte of this.cursor.take(length).toReversed()) value = (value << 8n) | BigInt(byte);
    value = BigInt.asIntN(8 * length, value);
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }

  recall(slot: number): unknown {
    if (!this.memo.has(slot)) throw malformed(`it recalls slot ${slot}, which holds nothing`);
    return this.memo.get(slot);
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw malformed('something is appended to no list');
    for (const value of values) list.push(value);
  }

  setItems(values: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map)) throw malformed('an item is set on no dictionary');
    for (const [key, value] of this.toMap(values)) dict.set(key, value);
  }

  /** Keys and values in turn as a dictionary. */
  toMap(values: readonly unknown[]): Map<unknown, unknown> {
    if (values.length % 2 !== 0) throw malformed('a key has no value');
    const dict = new Map<unknown, unknown>();
    for (let i = 0; i < values.length; i += 2) dict.set(values[i], values[i + 1]);
    return dict;
  }

  find(module: unknown, name: unknown): PickleGlobal {
    if (typeof module !== 'string' || typeof name !== 'string')
      throw malformed('a name is no text');
    const found = this.options.find(`${module}.${name}`);
    if (found) return found;
    throw new CheckpointError(
      'refused',
      `The file asks for ${module}.${name}, which no checkpoint needs; it was refused and nothing was run.`,
    );
  }

  call(): unknown {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof PickleGlobal) || !Array.isArray(args))
      throw malformed('it calls what is no function');
    const result = callee.call(args);
    // A call may copy a container of any size, again and again: every element counts.
    if (result instanceof Map) this.built(result.size);
    if (Array.isArray(result)) this.built(result.length);
    return result;
  }

  /** Attributes (such as `_metadata` of a state dict) are dropped; only data survive. */
  build(): void {
    this.pop();
    const target = this.top();
    if (!(target instanceof Map || target instanceof Opaque))
      throw malformed('it sets attributes on what has none');
  }
}

type Step = (m: Machine) => void;
const push =
  (value: (m: Machine) => unknown): Step =>
  (m) => {
    m.stack.push(value(m));
  };
const pushNew =
  (make: (m: Machine) => unknown[] | Map<unknown, unknown>): Step =>
  (m) => {
    m.built(1);
    m.stack.push(make(m));
  };
const remember =
  (slot: (m: Machine) => number): Step =>
  (m) => {
    m.memo.set(slot(m), m.top());
  };

/** What each opcode does, by its character in pickletools. */
const OPCODES: Readonly<Record<string, Step>> = {
  '\x80': (m) => m.cursor.u8(), // PROTO
  '\x95': (m) => m.cursor.take(8), // FRAME
  '(': push(() => MARK),
  '0': (m) => m.stack.pop(),
  '1': (m) => m.popToMark(),
  '2': push((m) => m.top()),
  // Numbers, texts and bytes
  N: push(() => null),
  '\x88': push(() => true),
  '\x89': push(() => false),
  J: push((m) => m.cursor.i32()),
  K: push((m) => m.cursor.u8()),
  M: push((m) => m.cursor.u16()),
  '\x8a': push((m) => m.integer(m.cursor.u8())),
  G: push((m) => m.cursor.f64BigEndian()),
  X: push((m) => m.text(m.cursor.u32())),
  '\x8c': push((m) => m.text(m.cursor.u8())),
  '\x8d': push((m) => m.text(m.cursor.u64())),
  U: push((m) => m.text(m.cursor.u8())), // Python 2's str
  T: push((m) => m.text(m.cursor.u32())),
  C: push((m) => m.cursor.take(m.cursor.u8())),
  B: push((m) => m.cursor.take(m.cursor.u32())),
  '\x8e': push((m) => m.cursor.take(m.cursor.u64())),
  // Dictionaries, lists, sets and tuples
  '}': pushNew(() => new Map()),
  ']': pushNew(() => []),
  ')': pushNew(() => []),
  '\x8f': pushNew(() => []),
  d: pushNew((m) => m.toMap(m.popToMark())),
  l: pushNew((m) => m.popToMark()),
  t: pushNew((m) => m.popToMark()),
  '\x91': pushNew((m) => m.popToMark()),
  '\x85': pushNew((m) => m.popMany(1)),
  '\x86': pushNew((m) => m.popMany(2)),
  '\x87': pushNew((m) => m.popMany(3)),
  a: (m) => {
    m.append(m.popMany(1));
  },
  e: (m) => {
    m.append(m.popToMark());
  },
  '\x90': (m) => {
    m.append(m.popToMark());
  },
  s: (m) => {
    m.setItems(m.popMany(2));
  },
  u: (m) => {
    m.setItems(m.popToMark());
  },
  // The memo
  q: remember((m) => m.cursor.u8()),
  r: remember((m) => m.cursor.u32()),
  '\x94': remember((m) => m.memo.size),
  h: push((m) => m.recall(m.cursor.u8())),
  j: push((m) => m.recall(m.cursor.u32())),
  // Names, and what is called
  c: push((m) => m.find(m.line(), m.line())),
  '\x93': push((m) => {
    const [module, name] = m.popMany(2);
    return m.find(module, name);
  }),
  Q: push((m) => m.options.persistent(m.pop())),
  R: push((m) => m.call()),
  '\x81': push((m) => m.call()), // NEWOBJ: a class and its arguments
  b: (m) => {
    m.build();
  },
};

const STOP = 0x2e;

/**
 * Runs the pickle at the cursor and leaves the cursor behind it. Throws a CheckpointError: `refused`
 * for anything outside of the allow-list, `limit` and `malformed` for the rest.
 */
export function unpickle(cursor: Cursor, options: PickleOptions): unknown {
  const machine = new Machine(cursor, options);
  for (let step = 0; step < MAX_STEPS; step++) {
    const opcode = cursor.u8();
    if (opcode === STOP) return machine.pop();
    const run = OPCODES[String.fromCharCode(opcode)];
    if (!run) throw malformed(`the opcode 0x${opcode.toString(16)} is none that PyTorch writes`);
    run(machine);
  }
  throw new CheckpointError(
    'limit',
    `The pickle in the file takes more than ${MAX_STEPS} steps, more than any RegNetX needs.`,
  );
}
