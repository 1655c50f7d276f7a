import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { GLOBAL_AVERAGE_POOL, imageShapeOf } from '../globalAveragePool.ts';
import {
  fetchFunction,
  outputPosition,
  packedInput,
  packedOutput,
  runPacked,
  type PackedTexture,
} from './packedTexture.ts';

/** A fragment averages two channels of one image; an odd width has half a texel to leave out. */
function packedPool(
  [batch, height, width, channels]: ReturnType<typeof imageShapeOf>,
  textures: { x: PackedTexture; out: PackedTexture },
): GPGPUProgram {
  const rowTexels = Math.ceil(width / 2);
  const fullTexels = Math.floor(width / 2);
  return {
    variableNames: ['x'],
    outputShape: [batch, 1, 1, channels],
    packedInputs: true,
    packedOutput: true,
    userCode: `
    ${fetchFunction('x', textures.x)}

    void main() {
      ${outputPosition(textures.out)}
      vec2 sum = vec2(0);
      float centre = float(pair) + 0.5;
      for (int y = 0; y < ${height}; y++) {
        float rowStart = float((row * ${height} + y) * ${rowTexels});
        for (float i = 0.5; i < ${fullTexels}.0; i++) {
          vec4 v = fetch_x(rowStart + i, centre);
          sum += v.xy + v.zw;
        }
        ${fullTexels < rowTexels ? `sum += fetch_x(rowStart + ${fullTexels}.5, centre).xy;` : ''}
      }
      setOutput(vec4(sum / ${height * width}.0, 0, 0));
    }`,
  };
}

function kernelFunc(params: { inputs: { x: TensorInfo }; backend: MathBackendWebGL }): TensorInfo {
  const { inputs, backend } = params;
  const shape = imageShapeOf(inputs.x);
  const [batch, , , channels] = shape;
  const x = packedInput(backend, inputs.x);
  const textures = { x: x.texture, out: packedOutput([batch, 1, 1, channels]) };
  return runPacked(backend, packedPool(shape, textures), [x]);
}

export const globalAveragePoolWebgl: KernelConfig = {
  kernelName: GLOBAL_AVERAGE_POOL,
  backendName: 'webgl',
  kernelFunc: kernelFunc as unknown as KernelFunc,
};
