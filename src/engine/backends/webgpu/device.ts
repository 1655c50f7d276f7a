import type { DeviceFilter, DeviceMap, FilterShape, MapShape, Precision } from '../../backend.ts';
import { createArena, type Arena } from '../arena.ts';
import type { FilterGrid } from '../blocks.ts';
import { createBuffers } from './buffers.ts';
import { cellBytes, encodeNumbers, mapBytes, packMap } from './layout.ts';
import { createPrograms, type Program } from './programs.ts';
import { UNIFORM } from './usage.ts';
import { storageOf, type Shader, type Storage } from './wgsl.ts';

/** A program on its operands, before they are bound. */
export interface Step {
  readonly program: Program;
  /** Integers of the shader's shape, in its order. */
  readonly shape: readonly number[];
  readonly inputs: readonly GPUBuffer[];
  readonly output: GPUBuffer;
  readonly workgroups: readonly [x: number, y: number, z: number];
}

/** A step with everything bound: nothing is left to do but to encode it. */
export interface Dispatch extends Pick<Step, 'program' | 'workgroups'> {
  readonly operands: GPUBindGroup;
}

/** A computation as the list of its dispatches, with buffers of its own. */
export interface Recording<T> {
  readonly dispatches: readonly Dispatch[];
  readonly result: T;
  /** Frees its buffers; it is not to be run again. */
  readonly forget: () => void;
}

/** A map in a buffer (layout.ts). */
export interface WebgpuMap extends DeviceMap {
  readonly buffer: GPUBuffer;
  /** What takes the buffer back; null for one that stands alone. */
  readonly arena: Arena<GPUBuffer> | null;
}

/** A filter's biases and weights in one buffer. */
export interface WebgpuFilter extends DeviceFilter {
  readonly grid: FilterGrid;
  readonly buffer: GPUBuffer;
}

/** What our operations need of the GPU: buffers, programs and dispatches. */
export interface Device {
  /** How numbers are stored. */
  readonly storage: Storage;
  readonly cellBytes: number;
  /** Threads that keep it busy. */
  readonly busy: number;
  load(values: Float32Array, shape: FilterShape, grid: FilterGrid): WebgpuFilter;
  /** A map that nothing has written yet. */
  allocate(shape: MapShape): WebgpuMap;
  program(key: string, write: () => Shader): Program;
  /** Runs a step, or keeps it while a computation is recorded. */
  submit(step: Step): void;
  /** Keeps the steps of a computation instead of running them. */
  record<T>(compute: () => T): Recording<T>;
  /** Writes row-major values of a map. */
  write(map: WebgpuMap, values: Float32Array): void;
  release(tensor: WebgpuMap | WebgpuFilter): void;
  /** Maps and filters that are not released. */
  tensors(): number;
  /** Resolves when all programs are compiled. */
  compiled(): Promise<void>;
  bytes(): number;
  /** Frees all buffers; nothing works afterwards. */
  dispose(): void;
}

/** What the offset of a bound uniform buffer is a multiple of on every device. */
const ALIGNMENT = 256;

export function createDevice(
  gpu: GPUDevice,
  { precision, busy }: { precision: Precision; busy: number },
): Device {
  const programs = createPrograms(gpu);
  const buffers = createBuffers(gpu);
  const alive = new Set<WebgpuMap | WebgpuFilter>();
  let recording: { arena: Arena<GPUBuffer>; steps: Step[] } | null = null;

  /** The shapes of all steps in one buffer, and each step's operands bound once. */
  const bind = (steps: readonly Step[]) => {
    const shapes = buffers.create(Math.max(1, steps.length) * ALIGNMENT, UNIFORM);
    const integers = new Int32Array(shapes.size / 4);
    for (const [i, { shape }] of steps.entries()) integers.set(shape, (i * ALIGNMENT) / 4);
    gpu.queue.writeBuffer(shapes, 0, integers);
    const dispatches = steps.map(({ program, shape, inputs, output, workgroups }, i): Dispatch => {
      const resources: GPUBufferBinding[] = [
        { buffer: shapes, offset: i * ALIGNMENT, size: shape.length * 4 },
        ...[...inputs, output].map((buffer) => ({ buffer })),
      ];
      const operands = gpu.createBindGroup({
        layout: program.layout,
        entries: resources.map((resource, binding) => ({ binding, resource })),
      });
      return { program, operands, workgroups };
    });
    return { shapes, dispatches };
  };
  const keep = <Kept extends WebgpuMap | WebgpuFilter>(tensor: Kept): Kept => {
    alive.add(tensor);
    return tensor;
  };

  return {
    storage: storageOf(precision, gpu.features),
    cellBytes: cellBytes(precision),
    busy,
    load(values, shape, grid) {
      const numbers = encodeNumbers(values, precision);
      const buffer = buffers.take(numbers.byteLength);
      gpu.queue.writeBuffer(buffer, 0, numbers);
      return keep({ shape, grid, buffer });
    },
    allocate(shape) {
      const bytes = mapBytes(shape, precision);
      const arena = recording?.arena ?? null;
      return keep({ shape, buffer: (arena ?? buffers).take(bytes), arena });
    },
    program: (key, write) => programs.get(key, write),
    submit(step) {
      if (recording) {
        recording.steps.push(step);
        return;
      }
      const { shapes, dispatches } = bind([step]);
      const encoder = gpu.createCommandEncoder();
      encode(encoder, dispatches);
      gpu.queue.submit([encoder.finish()]);
      // What is submitted already still finds it.
      buffers.give(shapes);
    },
    record(compute) {
      const mine = { arena: createArena(buffers), steps: [] as Step[] };
      recording = mine;
      try {
        const result = compute();
        const { shapes, dispatches } = bind(mine.steps);
        const forget = (): void => {
          mine.arena.dispose();
          buffers.give(shapes);
        };
        return { dispatches, result, forget };
      } catch (error) {
        mine.arena.dispose();
        throw error;
      } finally {
        recording = null;
      }
    },
    write({ buffer, shape }, values) {
      gpu.queue.writeBuffer(buffer, 0, encodeNumbers(packMap(values, shape), precision));
    },
    release(tensor) {
      if (!alive.delete(tensor)) return;
      if ('arena' in tensor && tensor.arena) tensor.arena.give(tensor.buffer);
      else buffers.give(tensor.buffer);
    },
    tensors: () => alive.size,
    compiled: () => programs.compiled(),
    bytes: () => buffers.bytes(),
    dispose() {
      buffers.dispose();
      alive.clear();
    },
  };
}

/**
 * One pass with all dispatches in their order. WebGPU has no command buffers that run twice, nor
 * bundles of dispatches, so this is what a run does anew: three calls a layer on objects that were
 * made once, well under a millisecond in all.
 */
export function encode(
  encoder: GPUCommandEncoder,
  dispatches: readonly Dispatch[],
  { repeats = 1, ...descriptor }: GPUComputePassDescriptor & { repeats?: number } = {},
): void {
  const pass = encoder.beginComputePass(descriptor);
  for (const { program, operands, workgroups } of dispatches) {
    pass.setPipeline(program.pipeline());
    pass.setBindGroup(0, operands);
    for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(...workgroups);
  }
  pass.end();
}
