import type { Device, WebglMap } from './device.ts';
import { poolShader, UNIFORMS } from './shaders.ts';
import { textureSizeOf } from './tiles.ts';

/** The mean over height and width as one draw call. */
export function pool(device: Device, x: WebglMap): WebglMap {
  const [batch, height, width, channels] = x.shape;
  const { tile, tiles, blocks } = x.grid;
  const out = device.allocate([batch, 1, 1, channels]);
  const shape = new Int32Array(UNIFORMS);
  shape.set([blocks, tiles, height, height * width]);
  device.submit({
    program: device.program(`pool ${tile}`, () => poolShader(tile)),
    shape,
    inputs: [x.texture],
    output: out.texture,
    size: textureSizeOf(out.grid),
  });
  return out;
}
