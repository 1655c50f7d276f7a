import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { softmax } from '../../softmax.ts';
import { CHANNEL_SOFTMAX, rowsOf } from '../softmax.ts';
import { valuesOf } from './values.ts';

function kernelFunc(params: { inputs: { x: TensorInfo }; backend: MathBackendCPU }): TensorInfo {
  const { inputs, backend } = params;
  const [rows, channels] = rowsOf(inputs.x);
  const values = softmax(valuesOf(backend, inputs.x), channels);
  return backend.makeTensorInfo([rows, 1, 1, channels], 'float32', values);
}

export const channelSoftmaxCpu: KernelConfig = {
  kernelName: CHANNEL_SOFTMAX,
  backendName: 'cpu',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
