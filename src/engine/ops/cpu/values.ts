import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** The numbers of a tensor on the CPU, without a copy. */
export function valuesOf(backend: MathBackendCPU, tensor: TensorInfo): Float32Array {
  const { values } = backend.data.get(tensor.dataId);
  if (!(values instanceof Float32Array)) throw new TypeError('The kernels take float32 tensors.');
  return values;
}
