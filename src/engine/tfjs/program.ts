import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { ConvShape } from '../shapes.ts';

/**
 * The grouped convolution as a program of TensorFlow.js's, on its packed textures: a texel holds two
 * neighbouring columns of two neighbouring channels, (w, c), (w, c + 1), (w + 1, c), (w + 1, c + 1),
 * and so do a fragment's four results. The filter is packed over its last two axes, input and output
 * channels of a group. Textures are recycled, so what lies past an edge is masked.
 */
export class GroupedConv2DProgram implements GPGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly userCode: string;

  constructor(shape: ConvShape, { relu, residual }: { relu: boolean; residual: boolean }) {
    const { batch, hin, win, hout, wout, cin, cout, kernel, stride, pad, groupIn, groupOut } =
      shape;
    // GLSL keeps the word filter for itself.
    this.variableNames = ['x', 'kernel', 'bias', ...(residual ? ['residual'] : [])];
    this.outputShape = [batch, hout, wout, cout];
    // Columns of x that both of a fragment's columns need, counted from the first one's centre.
    const taps = Array.from({ length: kernel }, (_, kx) => [kx - pad, kx - pad + stride] as const);
    const texels = [...new Set(taps.flat().map((column) => Math.floor(column / 2)))];
    const name = (texel: number): string => `x${texel + pad}`;
    const half = (column: number): string =>
      `${name(Math.floor(column / 2))}.${column % 2 === 0 ? 'xy' : 'zw'}`;
    const ended = residual ? 'result + getResidual(image, y, column, channel)' : 'result';
    this.userCode = `
      vec4 texel(int image, int y, int column, int channel) {
        if (column < 0 || column >= ${win}) return vec4(0.0);
        vec4 both = getX(image, y, column, channel);
        ${win % 2 === 0 ? '' : `if (column + 1 == ${win}) both.zw = vec2(0.0);`}
        ${cin % 2 === 0 ? '' : `if (channel + 1 == ${cin}) both.yw = vec2(0.0);`}
        return both;
      }
      vec4 product(vec4 weights, vec2 here, vec2 next) {
        return vec4(here.x * weights.xy + here.y * weights.zw,
          next.x * weights.xy + next.y * weights.zw);
      }
      void main() {
        ivec4 at = getOutputCoords();
        int image = at.x, y = at.y, column = at.z, channel = at.w;
        int first = channel / ${groupOut} * ${groupIn};
        vec4 result = getBias(channel).xyxy;
        vec4 weights;
        for (int ky = 0; ky < ${kernel}; ky++) {
          int row = y * ${stride} + ky - ${pad};
          if (row < 0 || row >= ${hin}) continue;
          for (int i = 0; i < ${groupIn}; i += 2) {
            ${texels
              .map(
                (t) =>
                  `vec4 ${name(t)} = texel(image, row, column * ${stride} + ${2 * t}, first + i);`,
              )
              .join('\n            ')}
            ${taps
              .map(
                ([here, next], kx) => `weights = getKernel(ky, ${kx}, i, channel);
            ${groupIn % 2 === 0 ? '' : `if (i + 1 == ${groupIn}) weights.zw = vec2(0.0);`}
            result += product(weights, ${half(here)}, ${half(next)});`,
              )
              .join('\n            ')}
          }
        }
        result = ${ended};
        setOutput(${relu ? 'max(result, vec4(0.0))' : 'result'});
      }`;
  }
}
