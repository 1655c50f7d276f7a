import {
  getKernel,
  registerKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** Registers kernels with TensorFlow.js; those that are registered already stay. */
export function registerKernels(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels)
    if (!registered(kernel.kernelName, kernel.backendName)) registerKernel(kernel);
}

/** Runs a registered kernel of `backendName` on this very instance of the backend. */
export function runKernel(
  kernelName: string,
  { name, instance }: { name: string; instance: object },
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
): TensorInfo {
  const kernel = registered(kernelName, name);
  if (!kernel) throw new Error(`The backend ${name} has no kernel ${kernelName}.`);
  const out = kernel.kernelFunc({ inputs, attrs, backend: instance });
  if (Array.isArray(out)) throw new Error(`The kernel ${kernelName} gave several tensors.`);
  return out;
}

/** TensorFlow.js declares that there always is a kernel; there is not. */
function registered(kernelName: string, backendName: string): KernelConfig | undefined {
  return getKernel(kernelName, backendName);
}
