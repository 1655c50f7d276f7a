import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { GLOBAL_AVERAGE_POOL, imageShapeOf } from '../globalAveragePool.ts';
import { valuesOf } from './values.ts';

function kernelFunc(params: { inputs: { x: TensorInfo }; backend: MathBackendCPU }): TensorInfo {
  const { inputs, backend } = params;
  const [batch, height, width, channels] = imageShapeOf(inputs.x);
  const x = valuesOf(backend, inputs.x);
  const pixels = height * width;
  const sums = new Float64Array(batch * channels);
  for (let i = 0; i < x.length; i++) {
    const o = Math.floor(i / (pixels * channels)) * channels + (i % channels);
    sums[o] = (sums[o] ?? 0) + (x[i] ?? 0);
  }
  const means = Float32Array.from(sums, (sum) => sum / pixels);
  return backend.makeTensorInfo([batch, 1, 1, channels], 'float32', means);
}

export const globalAveragePoolCpu: KernelConfig = {
  kernelName: GLOBAL_AVERAGE_POOL,
  backendName: 'cpu',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
