import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Backend } from '../backend.ts';
import { globalAveragePoolCpu } from '../ops/cpu/globalAveragePool.ts';
import { groupedConv2DCpu } from '../ops/cpu/groupedConv2D.ts';
import { channelSoftmaxCpu } from '../ops/cpu/softmax.ts';
import { valuesOf } from '../ops/cpu/values.ts';
import { registerKernels, runKernel } from './kernels.ts';

/** Opens a backend that computes with plain loops: the reference, and what Node runs. */
export function openCpu(): Backend {
  // In Node the first tensor would print an advertisement for another package.
  enableProdMode();
  registerKernels([groupedConv2DCpu, globalAveragePoolCpu, channelSoftmaxCpu]);
  const instance = new MathBackendCPU();
  /** Milliseconds of each kernel since the last run began. */
  const times: number[] = [];
  return {
    name: 'cpu',
    renderer: null,
    precision: 'float32',
    upload: (values, shape) => instance.makeTensorInfo([...shape], 'float32', values),
    run: (kernelName, inputs, attrs) => {
      const start = performance.now();
      const out = runKernel(kernelName, { name: 'cpu', instance }, inputs, attrs);
      times.push(performance.now() - start);
      return out;
    },
    read: (tensor) => Promise.resolve(valuesOf(instance, tensor)),
    prepare(shape, compute) {
      let ms: readonly number[] = [];
      return {
        run: (input, result) => {
          times.length = 0;
          const results = compute(instance.makeTensorInfo([...shape], 'float32', input));
          ms = [...times];
          const values = valuesOf(instance, results[result]);
          for (const { dataId } of Object.values<TensorInfo>(results)) instance.disposeData(dataId);
          return Promise.resolve(values);
        },
        profile: () => Promise.resolve({ method: 'clock', ms }),
        dispose: () => undefined,
      };
    },
    release: (tensor) => {
      instance.disposeData(tensor.dataId);
    },
    memory: () => ({ tensors: instance.numDataIds(), gpuBytes: 0 }),
    dispose: () => {
      instance.dispose();
    },
  };
}
