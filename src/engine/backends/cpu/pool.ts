import type { MapShape } from '../../backend.ts';

/** The mean of every channel of every picture, in plain loops. */
export function average(x: Float32Array, [batch, height, width, channels]: MapShape): Float32Array {
  const pixels = height * width;
  const sums = new Float64Array(batch * channels);
  for (let i = 0; i < x.length; i++) {
    const o = Math.floor(i / (pixels * channels)) * channels + (i % channels);
    sums[o] = (sums[o] ?? 0) + (x[i] ?? 0);
  }
  return Float32Array.from(sums, (sum) => sum / pixels);
}
