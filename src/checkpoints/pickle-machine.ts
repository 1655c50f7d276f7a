import type { Budget } from './budget.ts';
import { COST } from './budget.ts';
import type { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { ForeignTensor, Placeholder } from './placeholder.ts';
import { Tensor } from './tensor.ts';

/** Something on the allow-list: called with the arguments that the pickle gives. */
export class PickleGlobal {
  readonly name: string;
  readonly call: (args: readonly unknown[]) => unknown;
  constructor(name: string, call: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

export interface PickleOptions {
  /** What `module.name` stands for; undefined makes it a placeholder. */
  readonly find: (name: string) => PickleGlobal | undefined;
  /** What a persistent id stands for: PyTorch's way to point to a storage. */
  readonly persistent: (id: unknown) => unknown;
  readonly budget: Budget;
  /** Takes the names that became placeholders. */
  readonly unknown: Set<string>;
}

/**
 * A list or dictionary keeps this many items; more are read over, so that a log of any length costs
 * nothing. RegNetX-32GF with optimizer and average has 1,400 tensors.
 */
export const MOST_ITEMS = 16_384;
/** Slots by which the stack's cost is counted. */
const RESERVE = 1024;
/** Room that the smallest array and the smallest Map have. */
const LIST_ROOM = 16;
const MAP_ROOM = 4;

export const malformed = (what: string): CheckpointError =>
  new CheckpointError('malformed', `The pickle in the file is damaged: ${what}.`);

/** Lists, tuples and sets. */
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The memory of a copy of a container. */
function sizeOf(value: unknown): number {
  if (value instanceof Map) return COST.entry * value.size;
  return Array.isArray(value) ? COST.slot * value.length : 0;
}

/** Where a mark stands on the stack, and what was spent and kept when it was set. */
interface Mark {
  readonly at: number;
  readonly live: number;
  readonly kept: number;
}

/** The state of a pickle that is being read: stack, marks and memo. Actions return the machine. */
export class Machine {
  readonly cursor: Cursor;
  readonly options: PickleOptions;
  readonly budget: Budget;
  readonly #recalled: (slot: number) => boolean;
  readonly #stack: unknown[] = [];
  readonly #marks: Mark[] = [];
  readonly #memo = new Map<number, unknown>();
  /** By module and name apart: both may be long, and asked for again and again. */
  readonly #names = new Map<string, Map<string, PickleGlobal | Placeholder>>();
  /** Containers that the memo holds: what is put into them may outlive the mark. */
  readonly #shared = new Set<unknown>();
  #memoised = 0;
  #reserved = 0;
  /** The lowest position that may be popped: above the last mark. */
  #floor = 0;
  /** Counts what was kept beyond the stack. */
  #kept = 0;

  /** `recalled` tells which slots of the memo are asked for at all. */
  constructor(cursor: Cursor, options: PickleOptions, recalled: (slot: number) => boolean) {
    this.cursor = cursor;
    this.options = options;
    this.budget = options.budget;
    this.#recalled = recalled;
  }

  push(value: unknown): this {
    if (this.#stack.push(value) <= this.#reserved) return this;
    this.#reserved += RESERVE;
    this.budget.chargeFixed(RESERVE * COST.slot);
    return this;
  }

  /** As `push`, for what takes memory of its own. */
  pushNew(value: unknown, cost: number): this {
    this.budget.charge(cost);
    this.push(value);
    return this;
  }

  top(): unknown {
    if (this.#stack.length <= this.#floor) throw malformed('a value is missing');
    return this.#stack[this.#stack.length - 1];
  }

  pop(): unknown {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  /** Drops a value, or the mark if it stands on top. */
  drop(): this {
    if (this.#stack.length > this.#floor) this.#stack.pop();
    else this.#popMark();
    return this;
  }

  mark(): this {
    this.budget.chargeFixed(COST.object);
    this.#floor = this.#stack.length;
    this.#marks.push({ at: this.#floor, live: this.budget.live, kept: this.#kept });
    return this;
  }

  #popMark(): Mark {
    const mark = this.#marks.pop();
    if (!mark) throw malformed('a mark is missing');
    this.budget.chargeFixed(-COST.object);
    this.#floor = this.#marks.at(-1)?.at ?? 0;
    return mark;
  }

  /** All values above the last mark, as a new array. */
  popToMark(): unknown[] {
    const { at } = this.#popMark();
    this.budget.charge(COST.tuple + 8 * (this.#stack.length - at));
    return this.#popFrom(at);
  }

  #popFrom(at: number): unknown[] {
    const values = this.#stack.slice(at);
    this.#stack.length = at;
    return values;
  }

  popTuple(length: number): this {
    const at = this.#stack.length - length;
    if (at < this.#floor) throw malformed('a value is missing');
    this.pushNew(this.#popFrom(at), COST.tuple + 8 * length);
    return this;
  }

  /** Appends what stands above the mark to the list, set or placeholder below it. */
  appendToMark(): this {
    const mark = this.#popMark();
    const target = this.#below(mark.at);
    const isFull = Array.isArray(target) && target.length >= MOST_ITEMS;
    for (let i = mark.at; i < this.#stack.length; i++) this.#append(target, this.#stack[i]);
    this.#stack.length = mark.at;
    if (isFull) this.#forget(mark);
    return this;
  }

  appendOne(): this {
    const value = this.pop();
    this.#append(this.top(), value);
    return this;
  }

  /** Sets keys and values above the mark on the dictionary or placeholder below it. */
  setItemsToMark(): this {
    const mark = this.#popMark();
    const target = this.#below(mark.at);
    const isFull = target instanceof Map && target.size >= MOST_ITEMS;
    const { length } = this.#stack;
    if ((length - mark.at) % 2 !== 0) throw malformed('a key has no value');
    for (let i = mark.at; i < length; i += 2)
      this.#setItem(target, this.#stack[i], this.#stack[i + 1]);
    this.#stack.length = mark.at;
    if (isFull) this.#forget(mark);
    return this;
  }

  setOne(): this {
    const value = this.pop();
    const key = this.pop();
    this.#setItem(this.top(), key, value);
    return this;
  }

  /** A dictionary from the keys and values above the mark. */
  dictFromMark(): this {
    const { at } = this.#marks.at(-1) ?? { at: -1 };
    if (at < 0) throw malformed('a mark is missing');
    const values = this.popToMark();
    this.pushNew(new Map(), COST.map);
    if (values.length % 2 !== 0) throw malformed('a key has no value');
    for (let i = 0; i < values.length; i += 2) this.#setItem(this.top(), values[i], values[i + 1]);
    return this;
  }

  /** The value under a mark that was just taken away. */
  #below(at: number): unknown {
    if (at <= this.#floor) throw malformed('a value is missing');
    return this.#stack[at - 1];
  }

  /** What was made since the mark is garbage, unless something kept it. */
  #forget(mark: Mark): void {
    if (mark.kept === this.#kept) this.budget.refundTo(mark.live);
  }

  #append(target: unknown, value: unknown): void {
    if (this.#shared.has(target)) this.#kept++;
    if (Array.isArray(target)) {
      if (target.length >= MOST_ITEMS) return;
      if (target.length === 0) this.budget.charge(COST.firstSlots);
      else if (target.length >= LIST_ROOM) this.budget.charge(COST.slot);
      target.push(value);
    } else if (target instanceof Placeholder) {
      if (target.items.length >= MOST_ITEMS) return;
      this.budget.charge(target.items.length === 0 ? COST.list + COST.firstSlots : COST.slot);
      target.append(value);
    } else throw malformed('something is appended to no list');
  }

  #setItem(target: unknown, key: unknown, value: unknown): void {
    if (this.#shared.has(target)) this.#kept++;
    const entries =
      target instanceof Map ? target : target instanceof Placeholder ? target.entries : undefined;
    if (!entries) throw malformed('an item is set on no dictionary');
    if (entries.size >= MOST_ITEMS) {
      if (!(value instanceof Tensor)) return;
      throw new CheckpointError(
        'limit',
        `The file holds a dictionary of more than ${MOST_ITEMS} tensors, more than any RegNetX has.`,
      );
    }
    if (entries.size === 0 && target instanceof Placeholder) this.budget.charge(COST.map);
    if (entries.size >= MAP_ROOM) this.budget.charge(COST.entry);
    if (target instanceof Map || target instanceof Placeholder) target.set(key, value);
  }

  memoise(slot: number): this {
    this.#memoised++;
    const value = this.top();
    if (!this.#recalled(slot)) return this;
    this.#kept++;
    this.budget.chargeFixed(2 * COST.entry);
    this.#memo.set(slot, value);
    if (typeof value === 'object' && value !== null) this.#shared.add(value);
    return this;
  }

  /** For the opcode that counts the slots itself. */
  memoiseNext(): this {
    return this.memoise(this.#memoised);
  }

  recall(slot: number): this {
    const value = this.#memo.get(slot);
    if (value === undefined && !this.#memo.has(slot))
      throw malformed(`it recalls slot ${slot}, which holds nothing`);
    this.push(value);
    return this;
  }

  /** A class or function by its name: from the allow-list, else a placeholder. */
  global(module: unknown, name: unknown): PickleGlobal | Placeholder {
    if (typeof module !== 'string' || typeof name !== 'string')
      throw malformed('a name is no text');
    const known = this.#names.get(module)?.get(name);
    if (known) return known;
    const full = `${module}.${name}`;
    this.budget.chargeFixed(2 * (COST.object + COST.map + COST.text + full.length));
    const found = this.options.find(full) ?? new Placeholder(full);
    const names = this.#names.get(module) ?? new Map<string, PickleGlobal | Placeholder>();
    this.#names.set(module, names.set(name, found));
    if (found instanceof Placeholder) this.options.unknown.add(full);
    return found;
  }

  /** Calls what is on the allow-list; a call of a placeholder is only noted. */
  call(callee: unknown, args: unknown): this {
    if (callee instanceof PickleGlobal) {
      if (!isList(args)) throw malformed('it calls with what are no arguments');
      // A call may copy its arguments, again and again: every element counts.
      const [first, , third] = args;
      this.budget.charge(COST.map + 8 * args.length + sizeOf(first) + sizeOf(third));
      this.push(callee.call(args));
    } else if (callee instanceof Placeholder || callee instanceof ForeignTensor) {
      const name = callee instanceof Placeholder ? callee.name : callee.kind;
      this.pushNew(new Placeholder(name, isList(args) ? args : [args]), COST.object);
    } else throw malformed('it calls what is no function');
    return this;
  }

  /** Sets an object's state. Attributes of data (such as a state dict's `_metadata`) are dropped. */
  build(): this {
    const state = this.pop();
    const target = this.top();
    if (this.#shared.has(target)) this.#kept++;
    if (target instanceof Placeholder) target.state = state;
    else if (typeof target !== 'object' || target === null)
      throw malformed('it sets attributes on what has none');
    return this;
  }
}
