import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Backend, BackendOptions } from '../backend.ts';
import { EngineError } from '../errors.ts';
import { GLOBAL_AVERAGE_POOL } from '../ops/globalAveragePool.ts';
import { GROUPED_CONV2D } from '../ops/groupedConv2D.ts';
import { CHANNEL_SOFTMAX } from '../ops/softmax.ts';
import { createDevice, type Device } from '../ops/wasm/device.ts';
import { openExecutor } from '../ops/wasm/executor.ts';
import { globalAveragePoolWasm } from '../ops/wasm/globalAveragePool.ts';
import { groupedConv2DWasm } from '../ops/wasm/groupedConv2D.ts';
import { channelSoftmaxWasm } from '../ops/wasm/softmax.ts';

/**
 * Opens a backend on the processor: our own kernels in WebAssembly with SIMD, without TensorFlow.js.
 * Throws an EngineError with code `no-wasm` where the browser has none.
 */
export async function openWasm({ threads = defaultThreads() }: BackendOptions): Promise<Backend> {
  let opened: Device | null = createDevice(await openExecutor(threads));
  const device = (): Device => {
    if (!opened) throw new EngineError('internal', 'The network was disposed of.');
    return opened;
  };
  return {
    name: 'wasm',
    renderer: null,
    precision: 'float32',
    upload: (values, shape) => device().upload(values, shape),
    run(kernelName, inputs, attrs) {
      const kernel = KERNELS[kernelName];
      if (!kernel) throw new Error(`The backend wasm has no kernel ${kernelName}.`);
      return kernel(device(), inputs, attrs);
    },
    read: (tensor) => Promise.resolve(device().read(tensor)),
    prepare(shape, compute) {
      const { program, result } = device().record(() => {
        const x = device().allocate(shape);
        // Asked now, since the tensor is released before the first run.
        const address = device().addressOf(x);
        return { address, results: compute(x) };
      });
      const { address, results } = result;
      return {
        run(input, wanted) {
          device().write(address, shape, input);
          device().run(program);
          return Promise.resolve(device().read(results[wanted]));
        },
        profile: () => Promise.resolve({ method: 'clock', ms: device().time(program) }),
        dispose() {
          for (const tensor of Object.values<TensorInfo>(results)) opened?.release(tensor);
          opened?.forget(program);
        },
      };
    },
    release: (tensor) => opened?.release(tensor),
    memory: () => ({ tensors: opened?.tensors() ?? 0, gpuBytes: 0 }),
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
  return Math.min(MOST_THREADS, navigator.hardwareConcurrency);
}

type Kernel = (device: Device, inputs: NamedTensorInfoMap, attrs: NamedAttrMap) => TensorInfo;

const KERNELS: Readonly<Record<string, Kernel>> = {
  [GROUPED_CONV2D]: groupedConv2DWasm as unknown as Kernel,
  [GLOBAL_AVERAGE_POOL]: globalAveragePoolWasm as unknown as Kernel,
  [CHANNEL_SOFTMAX]: channelSoftmaxWasm as unknown as Kernel,
};
