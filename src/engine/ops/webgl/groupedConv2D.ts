import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import {
  convShapeOf,
  GROUPED_CONV2D,
  type GroupedConv2DAttrs,
  type GroupedConv2DInputs,
} from '../groupedConv2D.ts';
import { deviceOf } from './device.ts';
import { convShader, type ConvVariant } from './shaders.ts';
import { filterGridOf, filterSizeOf, packFilter, textureSizeOf } from './tiles.ts';

function kernelFunc(params: {
  inputs: GroupedConv2DInputs;
  attrs: GroupedConv2DAttrs;
  backend: MathBackendWebGL;
}): TensorInfo {
  const { x, filter, bias, residual } = params.inputs;
  const { stride, relu } = params.attrs;
  const device = deviceOf(params.backend);
  const shape = convShapeOf(params.inputs, params.attrs);
  const { batch, kernel, groups, groupIn, groupOut, hin, hout, wout, cout } = shape;
  const xGrid = device.gridOf(x);
  const filterGrid = filterGridOf(groups, groupIn, groupOut);
  const out = device.allocate([batch, hout, wout, cout]);
  const outGrid = device.gridOf(out);
  const variant: ConvVariant = {
    kernel,
    stride,
    tileIn: xGrid.tile,
    tileOut: outGrid.tile,
    residual: residual !== undefined,
    relu,
  };
  device.submit({
    program: device.program(`conv ${Object.values(variant).join(' ')}`, () => convShader(variant)),
    shape: Int32Array.of(
      ...[xGrid.blocks, xGrid.tiles, hin, filterGrid.blocksIn],
      ...[outGrid.blocks, hout, wout, filterGrid.blocksOut],
    ),
    inputs: [
      device.textureOf(x),
      device.textureOf(filter, filterSizeOf(kernel, filterGrid), (values) =>
        packFilter(values, shape, filterGrid),
      ),
      device.textureOf(bias),
      ...(residual ? [device.textureOf(residual)] : []),
    ],
    output: device.textureOf(out),
    size: textureSizeOf(outGrid),
  });
  return out;
}

export const groupedConv2DWebgl: KernelConfig = {
  kernelName: GROUPED_CONV2D,
  backendName: 'webgl',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
