import { rowsOf } from '../../shapes.ts';
import type { Device, WebglMap } from './device.ts';
import { softmaxShader, softmaxSumShader, UNIFORMS, type Shader } from './shaders.ts';
import { textureSizeOf } from './tiles.ts';

/** Two draw calls: the sum of a row once, rather than once for each of its texels. */
export function softmax(device: Device, x: WebglMap): WebglMap {
  const [rows, channels] = rowsOf(x);
  const shape = new Int32Array(UNIFORMS);
  shape.set([x.grid.blocks, channels]);
  const submit = (key: string, write: () => Shader, inputs: WebglMap[], out: WebglMap) => {
    device.submit({
      program: device.program(key, write),
      shape,
      inputs: inputs.map(({ texture }) => texture),
      output: out.texture,
      size: textureSizeOf(out.grid),
    });
  };
  const sums = device.allocate([rows, 1, 1, 2]);
  submit('softmax sums', softmaxSumShader, [x], sums);
  const out = device.allocate([rows, 1, 1, channels]);
  submit('softmax', softmaxShader, [x, sums], out);
  device.release(sums);
  return out;
}
