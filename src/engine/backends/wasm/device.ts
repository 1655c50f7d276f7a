import type { DeviceFilter, DeviceMap, MapShape } from '../../backend.ts';
import { EngineError } from '../../../threads/errors.ts';
import { createArena, type Arena } from '../arena.ts';
import { PAGE } from './assembler.ts';
import type { Executor } from './executor.ts';
import { bytesOf, packPixels, roundUp, unpackPixels } from './packing.ts';
import { encode, type Step } from './tasks.ts';

/** A recorded computation: its tasks, where they stand in the memory, and which make up a step. */
export interface Program {
  readonly words: Int32Array;
  readonly address: number;
  readonly steps: readonly (readonly [from: number, end: number])[];
}

/** Something in the memory; it is told from all else by identity, since addresses are used again. */
export interface Block {
  readonly address: number;
}

/** A map, pixel after pixel, each with whole panels of channels. */
export interface WasmMap extends DeviceMap, Block {}

/** A filter's panels, and behind them its biases. */
export interface WasmFilter extends DeviceFilter, Block {
  /** The biases' address. */
  readonly bias: number;
}

/** Blocks of one linear memory, and what is run on them. */
export interface Device extends Pick<Executor, 'largestTile' | 'threads'> {
  /** A block of so many bytes that `fill` writes and describes, for as long as the device. */
  store<B extends Block>(bytes: number, fill: (memory: ArrayBufferLike, address: number) => B): B;
  /** A map that nothing has written yet, of the computation that is recorded if there is one. */
  allocate(shape: MapShape): WasmMap;
  /** Where the table is that goes by this name, as long as the computation that asks for it. */
  table(key: string, write: () => Int32Array): number;
  /** Where at least so many bytes are zero. */
  zeros(bytes: number): number;
  /** Runs a step, or keeps it while a computation is recorded. */
  submit(step: Step): void;
  /** Keeps the steps of a computation, on memory of its own, instead of running them. */
  record<T>(compute: () => T): { readonly program: Program; readonly result: T };
  run(program: Program): void;
  /** Runs it step by step; milliseconds of each. */
  time(program: Program): number[];
  /** Frees the memory of the computation, which is not to be run again. */
  forget(program: Program): void;
  /** Writes row-major values of a map, which may be released by now. */
  write(map: WasmMap, values: Float32Array): void;
  read(map: WasmMap): Float32Array<ArrayBuffer>;
  release(block: Block): void;
  /** Blocks that are not released. */
  blocks(): number;
  /** Ends its threads. */
  close(): void;
}

/** What a computation has in the memory for itself. */
interface Home {
  readonly arena: Arena<number>;
  readonly tables: Map<string, number>;
}

export function createDevice(executor: Executor): Device {
  const { memory } = executor;
  const lasting = createArena(endOf(memory));
  /** Where each block is from that is in use. */
  const sources = new Map<Block, Arena<number>>();
  const homes = new Map<Program, Home>();
  let zeros = { address: 0, bytes: 0 };
  /** Whose what is computed now will be: of no program, or of the one that is recorded. */
  let home: Home = { arena: lasting, tables: new Map() };
  let recorded: Step[] | null = null;

  const keep = <B extends Block>(block: B, source: Arena<number>): B => {
    sources.set(block, source);
    return block;
  };
  const keepWords = (words: Int32Array): number => {
    const address = lasting.take(words.byteLength);
    new Int32Array(memory.buffer, address, words.length).set(words);
    return address;
  };
  const leave = ({ arena, tables }: Home): void => {
    for (const address of tables.values()) lasting.give(address);
    arena.dispose();
  };

  return {
    largestTile: executor.largestTile,
    threads: executor.threads,
    store(bytes, fill) {
      // Taken first: the memory may grow, and with it comes another buffer.
      const address = lasting.take(bytes);
      return keep(fill(memory.buffer, address), lasting);
    },
    allocate(shape) {
      const { arena } = home;
      return keep({ shape, address: arena.take(bytesOf(shape)) }, arena);
    },
    table(key, write) {
      const address = home.tables.get(key) ?? keepWords(write());
      home.tables.set(key, address);
      return address;
    },
    zeros(bytes) {
      if (zeros.bytes >= bytes) return zeros.address;
      zeros = { address: lasting.take(bytes), bytes };
      new Uint8Array(memory.buffer, zeros.address, bytes).fill(0);
      return zeros.address;
    },
    submit(step) {
      if (recorded) recorded.push(step);
      else executor.runHere(encode([step]), 0, step.length);
    },
    record(compute) {
      const outside = home;
      const inside: Home = { arena: createArena(lasting), tables: new Map() };
      const steps: Step[] = [];
      [home, recorded] = [inside, steps];
      try {
        const result = compute();
        const words = encode(steps);
        const program = { words, address: keepWords(words), steps: rangesOf(steps) };
        homes.set(program, inside);
        return { program, result };
      } catch (error) {
        leave(inside);
        throw error;
      } finally {
        [home, recorded] = [outside, null];
      }
    },
    run: ({ words, address, steps }) => {
      executor.run(words, address, 0, steps.at(-1)?.[1] ?? 0);
    },
    time: ({ words, address, steps }) =>
      steps.map(([from, end]) => {
        const start = performance.now();
        executor.run(words, address, from, end);
        return performance.now() - start;
      }),
    forget(program) {
      const its = homes.get(program);
      if (!its) return;
      homes.delete(program);
      lasting.give(program.address);
      leave(its);
    },
    write: ({ address, shape }, values) => {
      packPixels(values, shape, memory.buffer, address);
    },
    read: ({ address, shape }) => unpackPixels(memory.buffer, address, shape),
    release(block) {
      sources.get(block)?.give(block.address);
      sources.delete(block);
    },
    blocks: () => sources.size,
    close: () => {
      executor.close();
    },
  };
}

/** The first task of each step, and the first behind it. */
function rangesOf(steps: readonly Step[]): (readonly [number, number])[] {
  let tasks = 0;
  return steps.map(({ length }) => [tasks, (tasks += length)] as const);
}

/** What every block begins at a multiple of: a cache line. */
const ALIGNMENT = 64;

/** New memory behind all that is in use. Throws an EngineError when there is no more. */
function endOf(memory: WebAssembly.Memory): Pick<Arena<number>, 'take' | 'give'> {
  let end = 0;
  return {
    take(bytes) {
      const address = end;
      const next = roundUp(end + bytes, ALIGNMENT);
      const missing = Math.ceil((next - memory.buffer.byteLength) / PAGE);
      try {
        if (missing > 0) memory.grow(missing);
      } catch (cause) {
        throw new EngineError('internal', NO_MEMORY, { cause });
      }
      end = next;
      return address;
    },
    // Memory never shrinks; it goes when the backend does.
    give: () => undefined,
  };
}

const NO_MEMORY =
  'This device has not enough memory for the network: close other pages, or take a smaller variant.';
