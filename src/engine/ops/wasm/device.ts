import type { TensorInfo } from '@tensorflow/tfjs-core';
import { EngineError } from '../../errors.ts';
import { createArena, type Arena } from './arena.ts';
import { PAGE } from './assembler.ts';

import type { Executor } from './executor.ts';
import { bytesOf, packPixels, roundUp, unpackPixels } from './packing.ts';
import { encode, type Step } from './tasks.ts';

/** A computation as a list of steps, with memory of its own. */
export interface Recording<T> {
  readonly result: T;
  readonly run: () => void;
  /** Runs it step by step; milliseconds of each. */
  readonly time: () => number[];
  /** Frees the memory. */
  readonly free: () => void;
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
  /** Where the table is that goes by this name. */
  table(key: string, write: () => Int32Array): number;
  /** Where at least so many bytes are zero. */
  zeros(bytes: number): number;
  /** Runs a step, or keeps it while a computation is recorded. */
  submit(step: Step): void;
  /** Keeps the steps of a computation instead of running them. */
  record<T>(compute: () => T): Recording<T>;
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

export function createDevice(executor: Executor): Device {
  const { memory } = executor;
  const lasting = createArena(endOf(memory));
  const places = new Map<TensorInfo['dataId'], Place>();
  const tables = new Map<string, number>();
  let zeros = { address: 0, bytes: 0 };
  let recording: { arena: Arena; steps: Step[] } | null = null;

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

  const device: Device = {
    largestTile: executor.largestTile,
    threads: executor.threads,
    upload: (values, shape) => hold(shape, { values }),
    allocate(shape) {
      const arena = recording?.arena ?? lasting;
      return hold(shape, { address: arena.take(bytesOf(shape)), arena });
    },
    addressOf: (tensor) =>
      packed(tensor, bytesOf(tensor.shape), (values, into, address) => {
        packPixels(values, tensor.shape, into, address);
      }),
    packedAddressOf: packed,
    table(key, write) {
      const known = tables.get(key);
      if (known !== undefined) return known;
      const values = write();
      const address = lasting.take(values.byteLength);
      new Int32Array(memory.buffer, address, values.length).set(values);
      tables.set(key, address);
      return address;
    },
    zeros(bytes) {
      if (zeros.bytes >= bytes) return zeros.address;
      zeros = { address: lasting.take(bytes), bytes };
      new Uint8Array(memory.buffer, zeros.address, bytes).fill(0);
      return zeros.address;
    },
    submit(step) {
      if (recording) recording.steps.push(step);
      else executor.runHere(encode([step]), 0, step.length);
    },
    record(compute) {
      const mine = { arena: createArena(lasting), steps: [] as Step[] };
      recording = mine;
      try {
        const result = compute();
        const words = encode(mine.steps);
        const address = lasting.take(words.byteLength);
        new Int32Array(memory.buffer, address, words.length).set(words);
        return {
          result,
          ...timed(mine.steps, (from, end) => {
            executor.run(words, address, from, end);
          }),
          free: () => {
            lasting.give(address);
            mine.arena.dispose();
          },
        };
      } catch (error) {
        mine.arena.dispose();
        throw error;
      } finally {
        recording = null;
      }
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

/** Runs all tasks of the steps, or those of one step after another. */
function timed(
  steps: readonly Step[],
  run: (from: number, end: number) => void,
): Pick<Recording<unknown>, 'run' | 'time'> {
  let tasks = 0;
  const ranges = steps.map(({ length }) => [tasks, (tasks += length)] as const);
  return {
    run: () => {
      run(0, tasks);
    },
    time: () =>
      ranges.map(([from, end]) => {
        const start = performance.now();
        run(from, end);
        return performance.now() - start;
      }),
  };
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
