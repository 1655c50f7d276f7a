import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  convShapeOf,
  GROUPED_CONV2D,
  type ConvShape,
  type GroupedConv2DAttrs,
  type GroupedConv2DInputs,
} from '../groupedConv2D.ts';
import { valuesOf } from './values.ts';

/** The plain loops, summed in double precision: the oracle of every other backend. */
function convolve(
  shape: ConvShape,
  {
    x,
    filter,
    bias,
    residual,
  }: Record<'x' | 'filter' | 'bias', Float32Array> & {
    residual?: Float32Array | undefined;
  },
  relu: boolean,
): Float32Array {
  const { batch, hin, win, cin, hout, wout, cout, kernel, stride, pad, groupIn, groupOut } = shape;
  const out = new Float32Array(batch * hout * wout * cout);
  const sums = new Float64Array(cout);
  for (let pixel = 0; pixel < batch * hout * wout; pixel++) {
    const column = pixel % wout;
    const row = Math.floor(pixel / wout) % hout;
    const image = Math.floor(pixel / (wout * hout));
    sums.set(bias);
    for (let ky = 0; ky < kernel; ky++) {
      const y = row * stride + ky - pad;
      if (y < 0 || y >= hin) continue;
      for (let kx = 0; kx < kernel; kx++) {
        const xx = column * stride + kx - pad;
        if (xx < 0 || xx >= win) continue;
        const from = ((image * hin + y) * win + xx) * cin;
        for (let c = 0; c < cin; c++) {
          const value = x[from + c] ?? 0;
          const first = Math.floor(c / groupIn) * groupOut;
          const weights = ((ky * kernel + kx) * groupIn + (c % groupIn)) * cout;
          for (let o = first; o < first + groupOut; o++)
            sums[o] = (sums[o] ?? 0) + value * (filter[weights + o] ?? 0);
        }
      }
    }
    for (let o = 0; o < cout; o++) {
      const sum = (sums[o] ?? 0) + (residual?.[pixel * cout + o] ?? 0);
      out[pixel * cout + o] = relu ? Math.max(sum, 0) : sum;
    }
  }
  return out;
}

function kernelFunc(params: {
  inputs: GroupedConv2DInputs;
  attrs: GroupedConv2DAttrs;
  backend: MathBackendCPU;
}): TensorInfo {
  const { inputs, attrs, backend } = params;
  const shape = convShapeOf(inputs, attrs);
  const values = convolve(
    shape,
    {
      x: valuesOf(backend, inputs.x),
      filter: valuesOf(backend, inputs.filter),
      bias: valuesOf(backend, inputs.bias),
      residual: inputs.residual && valuesOf(backend, inputs.residual),
    },
    attrs.relu,
  );
  const { batch, hout, wout, cout } = shape;
  return backend.makeTensorInfo([batch, hout, wout, cout], 'float32', values);
}

export const groupedConv2DCpu: KernelConfig = {
  kernelName: GROUPED_CONV2D,
  backendName: 'cpu',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
