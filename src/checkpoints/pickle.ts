import type { Cursor } from './cursor.ts';
import { Machine, type PickleOptions } from './pickle-machine.ts';
import { OPCODES } from './pickle-opcodes.ts';
import { recalledSlots, STOP } from './pickle-scan.ts';

/**
 * Runs the pickle at the cursor, of any protocol, and leaves the cursor behind it. It builds data and
 * calls nothing but what the caller's allow-list holds; every other name becomes a Placeholder.
 * Dictionaries become `Map`, tuples, lists and sets arrays, large integers bigints. Lists and
 * dictionaries may hold themselves. Throws a CheckpointError: `limit` and `malformed`.
 */
export function unpickle(cursor: Cursor, options: PickleOptions): unknown {
  const machine = new Machine(cursor, options, recalledSlots(cursor));
  for (;;) {
    const opcode = cursor.u8();
    if (opcode === STOP) return machine.pop();
    OPCODES[opcode]?.run(machine);
  }
}
