import { COST } from './budget.ts';
import { CheckpointError } from './errors.ts';
import { isList, malformed, type Machine } from './pickle-machine.ts';
import {
  decodeByteString,
  decodeInteger,
  decodeText,
  parseByteString,
  parseFloat,
  parseInteger,
  parseUnicode,
} from './pickle-text.ts';

/** What the larger opcodes do: those that read a text, a number or a name, and those that call. */

/** The bytes whose length stands before them, as where they begin and end. */
function counted({ cursor }: Machine, lengthBytes: 1 | 4 | 8): { start: number; end: number } {
  const length = lengthBytes === 1 ? cursor.u8() : lengthBytes === 4 ? cursor.u32() : cursor.u64();
  const start = cursor.skip(length);
  return { start, end: start + length };
}

/** A text up to the next line feed. */
export function line({ cursor }: Machine): string {
  const start = cursor.position;
  const end = cursor.bytes.indexOf(0x0a, start);
  if (end < 0) throw malformed('a line has no end');
  cursor.position = end + 1;
  return decodeByteString(cursor.bytes, start, end);
}

export function lineNumber(m: Machine): number {
  const text = line(m);
  if (!/^\d{1,10}$/.test(text)) throw malformed('a slot of the memo is no number');
  return Number(text);
}

export const pushText =
  (lengthBytes: 1 | 4 | 8) =>
  (m: Machine): void => {
    const { start, end } = counted(m, lengthBytes);
    m.pushNew(decodeText(m.cursor.bytes, start, end), COST.text + 2 * (end - start));
  };
export const pushByteString =
  (lengthBytes: 1 | 4) =>
  (m: Machine): void => {
    const { start, end } = counted(m, lengthBytes);
    m.pushNew(decodeByteString(m.cursor.bytes, start, end), COST.text + 2 * (end - start));
  };
export const pushBytes =
  (lengthBytes: 1 | 4 | 8) =>
  (m: Machine): void => {
    const { start, end } = counted(m, lengthBytes);
    m.pushNew(m.cursor.bytes.subarray(start, end), COST.view);
  };
export const pushInteger =
  (lengthBytes: 1 | 4) =>
  (m: Machine): void => {
    const { start, end } = counted(m, lengthBytes);
    m.pushNew(decodeInteger(m.cursor.bytes, start, end), COST.number + Math.min(end - start, 1024));
  };

export function pushInt(m: Machine): void {
  const text = line(m);
  // Protocols 0 and 1 spell booleans so.
  const value = text === '01' ? true : text === '00' ? false : parseInteger(text);
  if (value === undefined) throw malformed('an integer is none');
  m.pushNew(value, COST.text + text.length);
}

export function pushLong(m: Machine): void {
  const text = line(m);
  const value = parseInteger(text.endsWith('L') ? text.slice(0, -1) : text);
  if (value === undefined) throw malformed('an integer is none');
  m.pushNew(value, COST.text + text.length);
}

export function pushFloat(m: Machine): void {
  const value = parseFloat(line(m));
  if (value === undefined) throw malformed('a number is none');
  m.pushNew(value, COST.number);
}

export function pushString(m: Machine): void {
  const text = parseByteString(line(m));
  if (text === undefined) throw malformed('a text lacks its quotes');
  m.pushNew(text, COST.text + 2 * text.length);
}

export function pushUnicode(m: Machine): void {
  const text = parseUnicode(line(m));
  m.pushNew(text, COST.text + 2 * text.length);
}

/** `cls.__new__(cls, *args, **kwargs)`. */
export function newWithKeywords(m: Machine): void {
  const keywords = m.pop();
  const args = m.pop();
  const cls = m.pop();
  const all = isList(args) ? args : [args];
  m.budget.charge(COST.tuple + 8 * all.length);
  m.call(cls, keywords instanceof Map && keywords.size === 0 ? all : [...all, keywords]);
}

export function reduce(m: Machine): void {
  const args = m.pop();
  m.call(m.pop(), args);
}

export const outOfBand = (): never => {
  throw new CheckpointError(
    'unsupported',
    'The pickle keeps its data in another file (out-of-band buffers); save the checkpoint with torch.save.',
  );
};

/** copyreg's registry of short codes for classes: it is the program's, not the file's. */
export const extension =
  (code: (m: Machine) => number) =>
  (m: Machine): void => {
    m.push(m.global('copyreg', `extension_${code(m)}`));
  };

export function stackGlobal(m: Machine): void {
  const name = m.pop();
  m.push(m.global(m.pop(), name));
}

/** Protocol 0: a class by its name, and its arguments above a mark. */
export function instance(m: Machine): void {
  const cls = m.global(line(m), line(m));
  m.call(cls, m.popToMark());
}

/** Protocol 1: a class and its arguments above a mark. */
export function object(m: Machine): void {
  const [cls, ...args] = m.popToMark();
  m.budget.charge(COST.tuple + 8 * args.length);
  m.call(cls, args);
}
