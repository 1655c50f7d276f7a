import type { TensorInfo } from '@tensorflow/tfjs-core';
import { EngineError } from '../../errors.ts';
import { createArena, type Arena } from './arena.ts';
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

/** Tensors in one linear memory, pixel after pixel, each with whole panels of channels. */
export interface Device extends Pick<Executor, 'largestTile' | 'threads'> {
  /** A tensor of these values, which go to the memory with the first kernel that asks for them. */
  upload(values: Float32Array, shape: readonly number[]): TensorInfo;
  /** A tensor that nothing has written yet. */
  allocate(shape: readonly number[]): TensorInfo;
  addressOf(tensor: TensorInfo): number;
  /** Where an uploaded tensor is packed; `pack` writes it into so many bytes, once. */
  packedAddressOf(tensor: TensorInfo, bytes: number, pack: Pack): number;
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
  /** Writes the values of a tensor that is, or was, at this address. */
  write(address: number, shape: readonly number[], values: Float32Array): void;
  read(tensor: TensorInfo): Float32Array<ArrayBuffer>;
  release(tensor: TensorInfo): void;
  /** Tensors that are not released. */
  tensors(): number;
  /** Ends its threads. */
  close(): void;
}

type Pack = (values: Float32Array, memory: ArrayBufferLike, address: number) => void;

/** Where the numbers of a tensor are: not in the memory yet, or there, and who takes it back. */
type Place =
  { readonly values: Float32Array } | { readonly address: number; readonly arena: Arena };

/** What a computation has in the memory for itself. */
interface Home {
  readonly arena: Arena;
  readonly tables: Map<string, number>;
}

export function createDevice(executor: Executor): Device {
  const { memory } = executor;
  const lasting = createArena(endOf(memory));
  const places = new Map<TensorInfo['dataId'], Place>();
  const homes = new Map<Program, Home>();
  let zeros = { address: 0, bytes: 0 };
  /** Whose what is computed now will be: of no program, or of the one that is recorded. */
  let home: Home = { arena: lasting, tables: new Map() };
  let recorded: Step[] | null = null;

  const hold = (shape: readonly number[], place: Place): TensorInfo => {
    const tensor: TensorInfo = { dataId: {}, shape: [...shape], dtype: 'float32' };
    places.set(tensor.dataId, place);
    return tensor;
  };
  const packed = (tensor: TensorInfo, bytes: number, pack: Pack): number => {
    const place = places.get(tensor.dataId);
    if (!place) throw new Error('The tensor is not on this device.');
    if ('address' in place) return place.address;
    const address = lasting.take(bytes);
    pack(place.values, memory.buffer, address);
    places.set(tensor.dataId, { address, arena: lasting });
    return address;
  };
  const store = (words: Int32Array): number => {
    const address = lasting.take(words.byteLength);
    new Int32Array(memory.buffer, address, words.length).set(words);
    return address;
  };
  const leave = ({ arena, tables }: Home): void => {
    for (const address of tables.values()) lasting.give(address);
    arena.dispose();
  };

  const device: Device = {
    largestTile: executor.largestTile,
    threads: executor.threads,
    upload: (values, shape) => hold(shape, { values }),
    allocate(shape) {
      const { arena } = home;
      return hold(shape, { address: arena.take(bytesOf(shape)), arena });
    },
    addressOf: (tensor) =>
      packed(tensor, bytesOf(tensor.shape), (values, into, address) => {
        packPixels(values, tensor.shape, into, address);
      }),
    packedAddressOf: packed,
    table(key, write) {
      const address = home.tables.get(key) ?? store(write());
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
        const program = { words, address: store(words), steps: rangesOf(steps) };
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
    write: (address, shape, values) => {
      packPixels(values, shape, memory.buffer, address);
    },
    read: (tensor) => unpackPixels(memory.buffer, device.addressOf(tensor), tensor.shape),
    release(tensor) {
      const place = places.get(tensor.dataId);
      if (place && 'address' in place) place.arena.give(place.address);
      places.delete(tensor.dataId);
    },
    tensors: () => places.size,
    close: () => {
      executor.close();
    },
  };
  return device;
}

/** The first task of each step, and the first behind it. */
function rangesOf(steps: readonly Step[]): (readonly [number, number])[] {
  let tasks = 0;
  return steps.map(({ length }) => [tasks, (tasks += length)] as const);
}

/** What every block begins at a multiple of: a cache line. */
const ALIGNMENT = 64;

/** New memory behind all that is in use. Throws an EngineError when there is no more. */
function endOf(memory: WebAssembly.Memory): Pick<Arena, 'take' | 'give'> {
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
