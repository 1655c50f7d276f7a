/** One computation on several threads, each of which has the memory and the kernels. */
import { runTask, stepOf, TASK_WORDS, type Kernels } from './tasks.ts';

/**
 * What threads tell each other. Tickets are handed out from the top down, so that one word says how
 * many are left; a ticket stands for a task, in the order of the tasks.
 */
const [LEFT, DONE, END, PROGRAM, WORDS] = [0, 1, 2, 3, 4] as const;

/** Tasks done when a thread has failed: what others add to it stays negative. */
const FAILED = -(2 ** 31);

/**
 * Looks so often before it sleeps: some hundred microseconds, about what a task takes. Who waits for the last
 * task of a step goes on at once; a thread that sleeps takes as long to wake up, at each of fifty steps.
 */
const PATIENCE = 20_000;

export interface Shared {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

export function newControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
}

/**
 * Runs the tasks from `from` to `end` of the program that stands at an address, together with the
 * helpers. Blocks this thread meanwhile.
 */
export function runShared(shared: Shared, program: number, from: number, end: number): void {
  const { control } = shared;
  Atomics.store(control, PROGRAM, program);
  Atomics.store(control, END, end);
  Atomics.store(control, DONE, from);
  Atomics.store(control, LEFT, end - from);
  Atomics.notify(control, LEFT);
  takeTasks(shared);
  waitFor(control, end);
}

/** What a helper does all its life. */
export function help(shared: Shared): never {
  const { control } = shared;
  for (;;) {
    Atomics.wait(control, LEFT, 0);
    try {
      takeTasks(shared);
    } catch (error) {
      Atomics.store(control, DONE, FAILED);
      Atomics.notify(control, DONE);
      throw error;
    }
  }
}

/** Runs tasks as long as there are tickets. */
function takeTasks({ control, memory, kernels }: Shared): void {
  let words = new Int32Array();
  for (;;) {
    const left = Atomics.load(control, LEFT);
    if (left === 0) return;
    if (Atomics.compareExchange(control, LEFT, left, left - 1) !== left) continue;
    // The program stays what it is as long as one of its tasks is not done, and this one is not.
    const end = Atomics.load(control, END);
    const program = Atomics.load(control, PROGRAM);
    if (words.byteOffset !== program || words.length !== end * TASK_WORDS)
      words = new Int32Array(memory.buffer, program, end * TASK_WORDS);
    const task = end - left;
    const [start, stepEnd] = stepOf(words, task);
    waitFor(control, start);
    runTask(kernels, words, task);
    if (Atomics.add(control, DONE, 1) + 1 === stepEnd) Atomics.notify(control, DONE);
  }
}

/** Waits until all tasks before this one are done. Throws an Error if a helper has failed. */
function waitFor(control: Int32Array<SharedArrayBuffer>, task: number): void {
  for (let looks = 0; ; looks++) {
    const done = Atomics.load(control, DONE);
    if (done >= task) return;
    if (done < 0) throw new Error('A thread that helped to compute has failed.');
    if (looks >= PATIENCE && MAY_SLEEP) Atomics.wait(control, DONE, done);
  }
}

/** A page's main thread may not: there it looks on. */
const MAY_SLEEP = typeof document === 'undefined';
