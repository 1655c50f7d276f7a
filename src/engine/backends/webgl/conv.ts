import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { ConvOptions, FilterShape } from '../../backend.ts';
import { convShapeOf } from '../../shapes.ts';
import { filterGridOf } from '../blocks.ts';
import type { Device, WebglFilter, WebglMap } from './device.ts';
import { convShader, type ConvVariant } from './shaders.ts';
import { filterSizeOf, packFilter, packTiles, textureSizeOf, tileGridOf } from './tiles.ts';

/** A layer's weights as matrices of four by four channels, and its biases. */
export function loadFilter(
  device: Device,
  { weight, bias }: FoldedLayer,
  shape: FilterShape,
): WebglFilter {
  const grid = filterGridOf(shape);
  const biases = tileGridOf([1, 1, 1, shape.cout], 1);
  return device.load({
    shape,
    grid,
    weights: { size: filterSizeOf(shape.kernel, grid), texels: packFilter(weight, shape, grid) },
    bias: { size: textureSizeOf(biases), texels: packTiles(bias, biases) },
  });
}

/** The grouped convolution as one draw call. */
export function conv(
  device: Device,
  x: WebglMap,
  filter: WebglFilter,
  { stride, relu, residual }: ConvOptions<WebglMap>,
): WebglMap {
  const { batch, kernel, hin, hout, wout, cout } = convShapeOf(x, filter, { stride, residual });
  const out = device.allocate([batch, hout, wout, cout]);
  const variant: ConvVariant = {
    kernel,
    stride,
    tileIn: x.grid.tile,
    tileOut: out.grid.tile,
    residual: residual !== undefined,
    relu,
  };
  device.submit({
    program: device.program(`conv ${Object.values(variant).join(' ')}`, () => convShader(variant)),
    shape: Int32Array.of(
      ...[x.grid.blocks, x.grid.tiles, hin, filter.grid.blocksIn],
      ...[out.grid.blocks, hout, wout, filter.grid.blocksOut],
    ),
    inputs: [x.texture, filter.weights, filter.bias, ...(residual ? [residual.texture] : [])],
    output: out.texture,
    size: textureSizeOf(out.grid),
  });
  return out;
}
