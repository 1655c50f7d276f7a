import {
  webgl_util,
  type GPGPUProgram,
  type MathBackendWebGL,
} from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { texelGridOf } from './texels.ts';

/** Where the texels of a packed tensor lie in its texture; known when the shader is written. */
export interface PackedTexture {
  /** Texels in a row of the tensor: pairs of channels. */
  readonly columnPairs: number;
  /** Texels in a row of the texture. */
  readonly width: number;
  /** Rows of texels in the texture. */
  readonly height: number;
}

/** A tensor that is packed and on the GPU. */
export interface PackedInput {
  readonly tensor: TensorInfo;
  readonly texture: PackedTexture;
  /** Whether it is a packed copy, to be disposed of after use. */
  readonly temporary: boolean;
}

/** The tensor packed and on the GPU; nothing happens to one that is already. */
export function packedInput(backend: MathBackendWebGL, input: TensorInfo): PackedInput {
  const data = backend.texData.get(input.dataId);
  if (!data.texture) {
    data.isPacked = true;
    data.shape = input.shape;
    backend.uploadToGPU(input.dataId);
  }
  const temporary = data.isPacked !== true;
  const tensor = temporary ? backend.packTensor(input) : input;
  const { texShape, shape } = backend.texData.get(tensor.dataId);
  if (!texShape || !webgl_util.isReshapeFree(shape, tensor.shape))
    throw new Error('The tensor is packed under another shape; copy it before reshaping it.');
  return { tensor, texture: textureOf(tensor.shape, texShape), temporary };
}

/** Where the packed output of a program will lie. */
export function packedOutput(shape: number[]): PackedTexture {
  return textureOf(shape, webgl_util.getTextureShapeFromLogicalShape(shape, true));
}

function textureOf(shape: number[], [rows, columns]: [number, number]): PackedTexture {
  const { columnPairs } = texelGridOf(shape);
  return { columnPairs, width: Math.ceil(columns / 2), height: Math.ceil(rows / 2) };
}

/** Runs a packed program and disposes of the packed copies among its inputs. */
export function runPacked(
  backend: MathBackendWebGL,
  program: GPGPUProgram,
  inputs: readonly PackedInput[],
): TensorInfo {
  const tensors = inputs.map(({ tensor }) => tensor);
  const out = backend.runWebGLProgram(program, tensors, 'float32');
  for (const { tensor, temporary } of inputs)
    if (temporary) backend.disposeIntermediateTensorInfo(tensor);
  return out;
}

/**
 * GLSL: `vec4 fetch_<name>(float row, float pair)` reads a texel of the sampler `name` by its row
 * (all axes but the last counted through, in pairs) and its pair of columns, both at the centre: 0.5
 * is the first. Where a row of the tensor is a row of the texture, which it is unless the texture
 * would be too high, that takes no division. `texture` rather than `texelFetch` because software
 * rendering spends a third less on it; a GPU does not care.
 */
export function fetchFunction(name: string, { columnPairs, width, height }: PackedTexture): string {
  const scale = `vec2(${(1 / width).toExponential()}, ${(1 / height).toExponential()})`;
  if (width === columnPairs)
    return `
    vec4 fetch_${name}(float row, float pair) {
      return texture(${name}, vec2(pair, row) * ${scale});
    }`;
  return `
    vec4 fetch_${name}(float row, float pair) {
      int index = int(row) * ${columnPairs} + int(pair);
      return texture(${name}, (vec2(index % ${width}, index / ${width}) + 0.5) * ${scale});
    }`;
}

/** GLSL: declares `row` and `pair` of the texel that the fragment writes. */
export function outputPosition({ columnPairs, width }: PackedTexture): string {
  if (width === columnPairs)
    return `
      int row = int(gl_FragCoord.y);
      int pair = int(gl_FragCoord.x);`;
  return `
      int index = int(gl_FragCoord.y) * ${width} + int(gl_FragCoord.x);
      int row = index / ${columnPairs};
      int pair = index % ${columnPairs};`;
}
