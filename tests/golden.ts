import { networkOf } from '../src/regnet/index.ts';
import golden from './fixtures/checkpoints/golden.json' with { type: 'json' };

const { classes, ...design } = golden.design;
const [batch = 0, channels = 0, height = 0, width = 0] = golden.input.shape;

/** The network of the fixtures in tests/fixtures/checkpoints/, at the golden input's resolution. */
export const goldenLayers = networkOf(design, height, classes).layers;

/** Two normalised pictures, [batch, height, width, channels], and what PyTorch says to them. */
export const goldenBatch = batch;
export const goldenInput = Float32Array.from(golden.input.data, (_, i) => {
  const [pixel, channel] = [Math.floor(i / channels), i % channels];
  const [image, at] = [Math.floor(pixel / (height * width)), pixel % (height * width)];
  return golden.input.data[(image * channels + channel) * height * width + at] ?? NaN;
});
export const goldenLogits = Float32Array.from(golden.logits.flat());
