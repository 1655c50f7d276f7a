import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { ConvShape } from '../groupedConv2D.ts';

/**
 * The grouped convolution with one value a texel: for odd group widths, where a packed texel would
 * straddle two groups. No RegNetX of the family has one, a user's design may.
 */
export function unpackedConv(shape: ConvShape, relu: boolean, withResidual: boolean): GPGPUProgram {
  const { batch, hin, win, hout, wout, cout, kernel, stride, pad, groupIn, groupOut } = shape;
  return {
    variableNames: ['x', 'W', 'bias', ...(withResidual ? ['residual'] : [])],
    outputShape: [batch, hout, wout, cout],
    userCode: `
    void main() {
      ivec4 at = getOutputCoords();
      int first = at.w / ${groupOut} * ${groupIn};
      float sum = getBias(at.w);
      for (int ky = 0; ky < ${kernel}; ky++) {
        int yin = at.y * ${stride} + ky - ${pad};
        if (yin < 0 || yin >= ${hin}) continue;
        for (int kx = 0; kx < ${kernel}; kx++) {
          int xin = at.z * ${stride} + kx - ${pad};
          if (xin < 0 || xin >= ${win}) continue;
          for (int i = 0; i < ${groupIn}; i++)
            sum += getX(at.x, yin, xin, first + i) * getW(ky, kx, i, at.w);
        }
      }
      ${withResidual ? 'sum += getResidual(at.x, at.y, at.z, at.w);' : ''}
      setOutput(${relu ? 'max(sum, 0.0)' : 'sum'});
    }`,
  };
}
