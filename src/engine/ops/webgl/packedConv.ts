import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { ConvShape } from '../groupedConv2D.ts';
import { fetchFunction, outputPosition, type PackedTexture } from './packedTexture.ts';

/** Where each tensor of the program lies. */
export interface ConvTextures {
  readonly x: PackedTexture;
  readonly filter: PackedTexture;
  readonly bias: PackedTexture;
  readonly residual?: PackedTexture | undefined;
  readonly out: PackedTexture;
}

/** Whether two neighbouring channels never stand in two groups, so that a texel has one group. */
export function packs({ groups, groupIn, groupOut }: ConvShape): boolean {
  return groups === 1 || (groupIn % 2 === 0 && groupOut % 2 === 0);
}

/**
 * The grouped convolution as a packed program. A fragment computes two neighbouring pixels by two
 * neighbouring channels; its `row` counts the pairs of pixels through the whole batch, its `pair`
 * those of channels. For every filter row and pair of input channels it reads the texels of x under
 * the taps of both pixels, each once, and one texel of the filter a tap. Every choice stands in the
 * code as a constant, since the code is part of TensorFlow.js's program cache key.
 */
export function packedConv(shape: ConvShape, textures: ConvTextures, relu: boolean): GPGPUProgram {
  const { batch, hin, win, hout, wout, cout, kernel, stride, pad, groups, groupIn } = shape;
  const winPairs = Math.ceil(win / 2);
  const woutPairs = Math.ceil(wout / 2);
  const groupPairs = Math.ceil(groupIn / 2);
  const taps = tapsOf(shape);
  const offsets = [...new Set(taps.flat().map(({ offset }) => offset))];
  const withResidual = textures.residual !== undefined;

  const read = (offset: number, i: string): string => {
    const texel = `fetch_x(rowStart + column${id(offset)}, first + ${i})`;
    return reachesEdge(shape, offset) ? `mix(${texel}, vec4(0), outside${id(offset)})` : texel;
  };
  /** Adds the products of pair i of input channels, or of its first channel only at an odd end. */
  const accumulate = (i: string, both: boolean): string => `
          ${offsets.map((offset) => `vec4 x${id(offset)} = ${read(offset, i)};`).join(`
          `)}
          vec4 v, w;
          ${taps
            .map(
              ([left, right], kx) => `
          v = vec4(x${id(left.offset)}.${left.half}, x${id(right.offset)}.${right.half});
          w = fetch_W(filterRow + ${kx * groupPairs}.0 + ${i}, centre);
          sum += v.xxzz * w.xyxy;${both ? '\n          sum += v.yyww * w.zwzw;' : ''}`,
            )
            .join('')}`;

  return {
    variableNames: ['x', 'W', 'bias', ...(withResidual ? ['residual'] : [])],
    outputShape: [batch, hout, wout, cout],
    packedInputs: true,
    packedOutput: true,
    userCode: `
    ${fetchFunction('x', textures.x)}
    ${fetchFunction('W', textures.filter)}
    ${fetchFunction('bias', textures.bias)}
    ${textures.residual ? fetchFunction('residual', textures.residual) : ''}

    void main() {
      ${outputPosition(textures.out)}
      int column = row % ${woutPairs} * ${stride};
      int y = row / ${woutPairs} % ${hout};
      int image = row / ${woutPairs * hout};
      float centre = float(pair) + 0.5;
      float first = float(${groups === 1 ? '0' : `pair / ${shape.groupOut / 2} * ${groupPairs}`});
      ${offsets.map((offset) => columnOf(shape, offset, winPairs)).join('\n      ')}
      vec4 sum = fetch_bias(0.5, centre).xyxy;
      for (int ky = 0; ky < ${kernel}; ky++) {
        int yin = y * ${stride} + ky - ${pad};
        if (yin < 0 || yin >= ${hin}) continue;
        float rowStart = float((image * ${hin} + yin) * ${winPairs});
        float filterRow = float(ky * ${kernel * groupPairs});
        for (float i = 0.5; i < ${Math.floor(groupIn / 2)}.0; i++) {${accumulate('i', true)}
        }${groupIn % 2 === 0 ? '' : `{${accumulate(`${groupPairs}.0 - 0.5`, false)}}`}
      }
      ${withResidual ? 'sum += fetch_residual(float(row) + 0.5, centre);' : ''}
      setOutput(${relu ? 'max(sum, 0.0)' : 'sum'});
    }`,
  };
}

/** Which half of which texel of x a tap of one pixel reads. */
interface Tap {
  /** Texels to the right of the one that holds column stride * (the fragment's left column). */
  readonly offset: number;
  readonly half: 'xy' | 'zw';
}

/** For each filter column, the taps of the fragment's left and right pixel. */
function tapsOf({ kernel, stride, pad }: ConvShape): [Tap, Tap][] {
  const tap = (column: number): Tap => ({
    offset: Math.floor(column / 2),
    half: column % 2 === 0 ? 'xy' : 'zw',
  });
  return Array.from({ length: kernel }, (_, kx) => [tap(kx - pad), tap(stride + kx - pad)]);
}

/**
 * Whether a tap at this offset can read outside of the image for a pixel that exists. What lies past
 * the edge of an odd width is not zero: textures are recycled.
 */
function reachesEdge({ kernel, win }: ConvShape, offset: number): boolean {
  return kernel > 1 && (offset !== 0 || win % 2 === 1);
}

/** GLSL: the pair of columns at an offset, kept inside the row, and which halves are outside of it. */
function columnOf(shape: ConvShape, offset: number, winPairs: number): string {
  const name = id(offset);
  const inside = `float column${name} = float(clamp(column + ${offset}, 0, ${winPairs - 1})) + 0.5;`;
  if (!reachesEdge(shape, offset)) return inside;
  // Left of the image the unsigned numbers are huge.
  return `${inside}
      uint left${name} = uint(2 * (column + ${offset}));
      bvec4 outside${name} = greaterThanEqual(
        uvec4(left${name}, left${name}, left${name} + 1u, left${name} + 1u), uvec4(${shape.win}));`;
}

/** A name for an offset: 0, 1, m1. */
function id(offset: number): string {
  return offset < 0 ? `m${-offset}` : String(offset);
}
