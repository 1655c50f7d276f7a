import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { GLOBAL_AVERAGE_POOL, imageShapeOf } from '../globalAveragePool.ts';
import { deviceOf } from './device.ts';
import { poolShader, UNIFORMS } from './shaders.ts';
import { textureSizeOf } from './tiles.ts';

function kernelFunc(params: { inputs: { x: TensorInfo }; backend: MathBackendWebGL }): TensorInfo {
  const { x } = params.inputs;
  const device = deviceOf(params.backend);
  const [batch, height, width, channels] = imageShapeOf(x);
  const { tile, tiles, blocks } = device.gridOf(x);
  const out = device.allocate([batch, 1, 1, channels]);
  const shape = new Int32Array(UNIFORMS);
  shape.set([blocks, tiles, height, height * width]);
  device.submit({
    program: device.program(`pool ${tile}`, () => poolShader(tile)),
    shape,
    inputs: [device.textureOf(x)],
    output: device.textureOf(out),
    size: textureSizeOf(device.gridOf(out)),
  });
  return out;
}

export const globalAveragePoolWebgl: KernelConfig = {
  kernelName: GLOBAL_AVERAGE_POOL,
  backendName: 'webgl',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
