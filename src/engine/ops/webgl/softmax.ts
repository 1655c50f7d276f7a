import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { CHANNEL_SOFTMAX, rowsOf } from '../softmax.ts';
import { deviceOf } from './device.ts';
import { softmaxShader, softmaxSumShader, UNIFORMS, type Shader } from './shaders.ts';
import { textureSizeOf } from './tiles.ts';

/** Two passes: the sum of a row once, rather than once for each of its texels. */
function kernelFunc(params: { inputs: { x: TensorInfo }; backend: MathBackendWebGL }): TensorInfo {
  const { x } = params.inputs;
  const device = deviceOf(params.backend);
  const [rows, channels] = rowsOf(x);
  const shape = new Int32Array(UNIFORMS);
  shape.set([device.gridOf(x).blocks, channels]);
  const submit = (key: string, write: () => Shader, inputs: TensorInfo[], out: TensorInfo) => {
    device.submit({
      program: device.program(key, write),
      shape,
      inputs: inputs.map((input) => device.textureOf(input)),
      output: device.textureOf(out),
      size: textureSizeOf(device.gridOf(out)),
    });
  };
  const sums = device.allocate([rows, 1, 1, 2]);
  submit('softmax sums', softmaxSumShader, [x], sums);
  const out = device.allocate([rows, 1, 1, channels]);
  submit('softmax', softmaxShader, [x, sums], out);
  device.release(sums);
  return out;
}

export const channelSoftmaxWebgl: KernelConfig = {
  kernelName: CHANNEL_SOFTMAX,
  backendName: 'webgl',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
