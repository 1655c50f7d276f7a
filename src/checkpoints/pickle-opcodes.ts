import { COST } from './budget.ts';
import type { Machine } from './pickle-machine.ts';
import * as steps from './pickle-steps.ts';

/**
 * What follows an opcode: so many bytes, a length of so many bytes and then as many, or lines of text.
 */
export type Argument = number | 'bytes1' | 'bytes4' | 'bytes8' | 'line' | 'lines';

export interface Opcode {
  /** As Python's Lib/pickletools.py names it. */
  readonly name: string;
  readonly argument: Argument;
  readonly run: (m: Machine) => unknown;
}

/** All opcodes of protocols 0 to 5, as Python's Lib/pickletools.py describes them. */
const TABLE: readonly (readonly [string, string, Argument, (m: Machine) => void])[] = [
  // Framing
  ['\x80', 'PROTO', 1, (m) => m.cursor.u8()],
  ['\x95', 'FRAME', 8, (m) => m.cursor.take(8)],
  // The stack
  ['(', 'MARK', 0, (m) => m.mark()],
  ['0', 'POP', 0, (m) => m.drop()],
  ['1', 'POP_MARK', 0, (m) => m.popToMark()],
  ['2', 'DUP', 0, (m) => m.push(m.top())],
  // Constants and numbers
  ['N', 'NONE', 0, (m) => m.push(null)],
  ['\x88', 'NEWTRUE', 0, (m) => m.push(true)],
  ['\x89', 'NEWFALSE', 0, (m) => m.push(false)],
  ['I', 'INT', 'line', steps.pushInt],
  ['J', 'BININT', 4, (m) => m.push(m.cursor.i32())],
  ['K', 'BININT1', 1, (m) => m.push(m.cursor.u8())],
  ['M', 'BININT2', 2, (m) => m.push(m.cursor.u16())],
  ['L', 'LONG', 'line', steps.pushLong],
  ['\x8a', 'LONG1', 'bytes1', steps.pushInteger(1)],
  ['\x8b', 'LONG4', 'bytes4', steps.pushInteger(4)],
  ['F', 'FLOAT', 'line', steps.pushFloat],
  ['G', 'BINFLOAT', 8, (m) => m.pushNew(m.cursor.f64BigEndian(), COST.number)],
  // Texts and bytes
  ['S', 'STRING', 'line', steps.pushString],
  ['T', 'BINSTRING', 'bytes4', steps.pushByteString(4)],
  ['U', 'SHORT_BINSTRING', 'bytes1', steps.pushByteString(1)],
  ['V', 'UNICODE', 'line', steps.pushUnicode],
  ['X', 'BINUNICODE', 'bytes4', steps.pushText(4)],
  ['\x8c', 'SHORT_BINUNICODE', 'bytes1', steps.pushText(1)],
  ['\x8d', 'BINUNICODE8', 'bytes8', steps.pushText(8)],
  ['B', 'BINBYTES', 'bytes4', steps.pushBytes(4)],
  ['C', 'SHORT_BINBYTES', 'bytes1', steps.pushBytes(1)],
  ['\x8e', 'BINBYTES8', 'bytes8', steps.pushBytes(8)],
  ['\x96', 'BYTEARRAY8', 'bytes8', steps.pushBytes(8)],
  ['\x97', 'NEXT_BUFFER', 0, steps.outOfBand],
  ['\x98', 'READONLY_BUFFER', 0, (m) => m.top()],
  // Lists, tuples, sets: all arrays
  [']', 'EMPTY_LIST', 0, (m) => m.pushNew([], COST.list)],
  ['l', 'LIST', 0, (m) => m.push(m.popToMark())],
  ['a', 'APPEND', 0, (m) => m.appendOne()],
  ['e', 'APPENDS', 0, (m) => m.appendToMark()],
  [')', 'EMPTY_TUPLE', 0, (m) => m.pushNew([], COST.list)],
  ['t', 'TUPLE', 0, (m) => m.push(m.popToMark())],
  ['\x85', 'TUPLE1', 0, (m) => m.popTuple(1)],
  ['\x86', 'TUPLE2', 0, (m) => m.popTuple(2)],
  ['\x87', 'TUPLE3', 0, (m) => m.popTuple(3)],
  ['\x8f', 'EMPTY_SET', 0, (m) => m.pushNew([], COST.list)],
  ['\x90', 'ADDITEMS', 0, (m) => m.appendToMark()],
  ['\x91', 'FROZENSET', 0, (m) => m.push(m.popToMark())],
  // Dictionaries
  ['}', 'EMPTY_DICT', 0, (m) => m.pushNew(new Map(), COST.map)],
  ['d', 'DICT', 0, (m) => m.dictFromMark()],
  ['s', 'SETITEM', 0, (m) => m.setOne()],
  ['u', 'SETITEMS', 0, (m) => m.setItemsToMark()],
  // The memo
  ['p', 'PUT', 'line', (m) => m.memoise(steps.lineNumber(m))],
  ['q', 'BINPUT', 1, (m) => m.memoise(m.cursor.u8())],
  ['r', 'LONG_BINPUT', 4, (m) => m.memoise(m.cursor.u32())],
  ['\x94', 'MEMOIZE', 0, (m) => m.memoiseNext()],
  ['g', 'GET', 'line', (m) => m.recall(steps.lineNumber(m))],
  ['h', 'BINGET', 1, (m) => m.recall(m.cursor.u8())],
  ['j', 'LONG_BINGET', 4, (m) => m.recall(m.cursor.u32())],
  // Names, objects and what is called
  ['c', 'GLOBAL', 'lines', (m) => m.push(m.global(steps.line(m), steps.line(m)))],
  ['\x93', 'STACK_GLOBAL', 0, steps.stackGlobal],
  ['R', 'REDUCE', 0, steps.reduce],
  ['\x81', 'NEWOBJ', 0, steps.reduce],
  ['\x92', 'NEWOBJ_EX', 0, steps.newWithKeywords],
  ['i', 'INST', 'lines', steps.instance],
  ['o', 'OBJ', 0, steps.object],
  ['b', 'BUILD', 0, (m) => m.build()],
  ['P', 'PERSID', 'line', (m) => m.push(m.options.persistent(steps.line(m)))],
  ['Q', 'BINPERSID', 0, (m) => m.push(m.options.persistent(m.pop()))],
  ['\x82', 'EXT1', 1, steps.extension((m) => m.cursor.u8())],
  ['\x83', 'EXT2', 2, steps.extension((m) => m.cursor.u16())],
  ['\x84', 'EXT4', 4, steps.extension((m) => m.cursor.i32())],
  // STOP ends the run before it would be looked up.
  ['.', 'STOP', 0, () => undefined],
];

/** By the opcode's byte; undefined for bytes that are none. */
export const OPCODES: readonly (Opcode | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const row = TABLE.find(([character]) => character.charCodeAt(0) === byte);
  return row && { name: row[1], argument: row[2], run: row[3] };
});
