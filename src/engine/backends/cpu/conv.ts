import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { ConvShape } from '../../shapes.ts';

/**
 * A grouped convolution in plain loops, summed in double precision: the oracle of every other
 * backend. The weights are in PyTorch's order.
 */
export function convolve(
  shape: ConvShape,
  x: Float32Array,
  { weight, bias }: FoldedLayer,
  { relu, residual }: { relu: boolean; residual: Float32Array | undefined },
): Float32Array {
  const { batch, hin, win, cin, hout, wout, cout, kernel, stride, pad, groupIn, groupOut } = shape;
  const out = new Float32Array(batch * hout * wout * cout);
  const taps = kernel * kernel;
  const sums = new Float64Array(cout);
  for (let pixel = 0; pixel < batch * hout * wout; pixel++) {
    const column = pixel % wout;
    const row = Math.floor(pixel / wout) % hout;
    const image = Math.floor(pixel / (wout * hout));
    sums.set(bias);
    for (let tap = 0; tap < taps; tap++) {
      const y = row * stride + Math.floor(tap / kernel) - pad;
      const xx = column * stride + (tap % kernel) - pad;
      if (y < 0 || y >= hin || xx < 0 || xx >= win) continue;
      const from = ((image * hin + y) * win + xx) * cin;
      for (let c = 0; c < cin; c++) {
        const value = x[from + c] ?? 0;
        const first = Math.floor(c / groupIn) * groupOut;
        for (let o = first; o < first + groupOut; o++)
          sums[o] =
            (sums[o] ?? 0) + value * (weight[(o * groupIn + (c % groupIn)) * taps + tap] ?? 0);
      }
    }
    for (let o = 0; o < cout; o++) {
      const sum = (sums[o] ?? 0) + (residual?.[pixel * cout + o] ?? 0);
      out[pixel * cout + o] = relu ? Math.max(sum, 0) : sum;
    }
  }
  return out;
}
