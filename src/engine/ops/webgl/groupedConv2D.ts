import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import {
  convShapeOf,
  GROUPED_CONV2D,
  type GroupedConv2DAttrs,
  type GroupedConv2DInputs,
} from '../groupedConv2D.ts';
import { packedConv, packs } from './packedConv.ts';
import { packedInput, packedOutput, runPacked } from './packedTexture.ts';
import { unpackedConv } from './unpackedConv.ts';

function kernelFunc(params: {
  inputs: GroupedConv2DInputs;
  attrs: GroupedConv2DAttrs;
  backend: MathBackendWebGL;
}): TensorInfo {
  const { inputs, attrs, backend } = params;
  const shape = convShapeOf(inputs, attrs);
  if (!packs(shape)) {
    const { x, filter, bias, residual } = inputs;
    const program = unpackedConv(shape, attrs.relu, residual !== undefined);
    const tensors = [x, filter, bias, ...(residual ? [residual] : [])];
    return backend.runWebGLProgram(program, tensors, 'float32');
  }
  const x = packedInput(backend, inputs.x);
  const filter = packedInput(backend, inputs.filter);
  const bias = packedInput(backend, inputs.bias);
  const residual = inputs.residual && packedInput(backend, inputs.residual);
  const textures = {
    x: x.texture,
    filter: filter.texture,
    bias: bias.texture,
    residual: residual?.texture,
    out: packedOutput([shape.batch, shape.hout, shape.wout, shape.cout]),
  };
  const program = packedConv(shape, textures, attrs.relu);
  return runPacked(backend, program, [x, filter, bias, ...(residual ? [residual] : [])]);
}

export const groupedConv2DWebgl: KernelConfig = {
  kernelName: GROUPED_CONV2D,
  backendName: 'webgl',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
