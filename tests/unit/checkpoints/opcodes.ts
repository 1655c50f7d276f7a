import { Budget } from '../../../src/checkpoints/budget.ts';
import { Cursor } from '../../../src/checkpoints/cursor.ts';
import { ITEM_BYTES, Storage } from '../../../src/checkpoints/tensor.ts';
import { ForeignStorage } from '../../../src/checkpoints/torch-globals.ts';
import { unpickleTorch, type Saved } from '../../../src/checkpoints/torch-pickle.ts';

/** Opcodes as text, a character a byte; `pickletools.dis` shows what they mean. */
export const open = (code: string): Saved =>
  unpickleTorch(new Cursor(Uint8Array.from(code, (c) => c.charCodeAt(0))), {
    open: ({ type, elements }) =>
      typeof type === 'string'
        ? new Storage(type, new Uint8Array(elements * ITEM_BYTES[type]))
        : new ForeignStorage(type.kind),
    budget: new Budget(code.length),
  });
export const load = (code: string): unknown => open(code).saved;
export const text = (s: string): string => `X${String.fromCharCode(s.length)}\0\0\0${s}`;
export const STORAGE = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K\x06tQ`;
export const ARGUMENTS = `(${STORAGE}K\x00K\x02K\x03\x86K\x03K\x01\x86\x89ccollections\nOrderedDict\n)Rt`;
export const TENSOR = `ctorch._utils\n_rebuild_tensor_v2\n${ARGUMENTS}R`;
