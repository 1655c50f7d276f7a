import type { Backend, BackendOptions } from '../../backend.ts';
import { EngineError } from '../../../threads/errors.ts';
import { conv, loadFilter } from './conv.ts';
import { createDevice, type Device, type WasmFilter, type WasmMap } from './device.ts';
import { openExecutor } from './executor.ts';
import { pool } from './pool.ts';
import { softmax } from './softmax.ts';

/**
 * Opens a backend on the processor: our own kernels in WebAssembly with SIMD, without TensorFlow.js.
 * Rejects with an EngineError with code `no-backend` where the browser has none.
 */
export async function openWasm({
  threads = defaultThreads(),
}: BackendOptions): Promise<Backend<WasmMap, WasmFilter>> {
  let opened: Device | null = createDevice(await openExecutor(threads));
  const device = (): Device => {
    if (!opened) throw new EngineError('internal', 'The network was disposed of.');
    return opened;
  };
  return {
    name: 'wasm',
    renderer: null,
    precision: 'float32',
    upload(values, shape) {
      const map = device().allocate(shape);
      device().write(map, values);
      return map;
    },
    load: (weights, shape) => loadFilter(device(), weights, shape),
    conv: (x, filter, options) => conv(device(), x, filter, options),
    pool: (x) => pool(device(), x),
    softmax: (x) => softmax(device(), x),
    read: (map) => Promise.resolve(device().read(map)),
    prepare(shape, compute) {
      const { program, result } = device().record(() => {
        const input = device().allocate(shape);
        return { input, results: compute(input) };
      });
      const { input, results } = result;
      return {
        run(values, wanted) {
          device().write(input, values);
          device().run(program);
          return Promise.resolve(device().read(results[wanted]));
        },
        profile: () => Promise.resolve({ method: 'clock', ms: device().time(program) }),
        dispose() {
          for (const map of Object.values<WasmMap>(results)) opened?.release(map);
          opened?.forget(program);
        },
      };
    },
    release: (tensor) => opened?.release(tensor),
    memory: () => ({ tensors: opened?.blocks() ?? 0, gpuBytes: 0 }),
    dispose() {
      opened?.close();
      // The memory goes with the last who knows it.
      opened = null;
    },
  };
}

/** More are not worth it: maps are small, a phone's other cores are slow ones, and the page goes on. */
const MOST_THREADS = 4;

function defaultThreads(): number {
  // Node has a navigator since 21.
  const processors =
    typeof navigator === 'undefined'
      ? process.getBuiltinModule('node:os').availableParallelism()
      : navigator.hardwareConcurrency;
  return Math.min(MOST_THREADS, processors);
}
