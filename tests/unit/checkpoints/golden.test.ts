import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { foldBatchNorm, requireFit } from '../../../src/checkpoints/index.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { layersOf } from '../../../src/regnet/index.ts';
import { checkpointFixture, FILES } from './fixtures.ts';

/** PyTorch's logits of one network, from which all fixtures were saved. */
const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/checkpoints/golden.json', import.meta.url), 'utf8'),
) as { input: { shape: [number, 3, number, number]; data: number[] }; logits: number[][] };

const [pictures, , size] = golden.input.shape;

/** NCHW to NHWC; for a network that took BGR the input is BGR, and the stem now takes RGB. */
function inputFor(order: 'RGB' | 'BGR'): Float32Array {
  const pixels = size * size;
  return Float32Array.from(golden.input.data, (_, i) => {
    const [picture, pixel] = [Math.floor(i / 3 / pixels), Math.floor(i / 3) % pixels];
    const channel = order === 'RGB' ? i % 3 : 2 - (i % 3);
    return golden.input.data[(picture * 3 + channel) * pixels + pixel] ?? NaN;
  });
}

test.each(FILES)("$name gives PyTorch's logits", async ({ name }) => {
  const checkpoint = checkpointFixture(name);
  const { stages, classes } = requireFit(checkpoint, []);
  const layers = layersOf(stages, size, classes);
  const network = await createNetwork(layers, foldBatchNorm(layers, checkpoint.tensors), 'cpu');
  const logits = await network.predict(inputFor(checkpoint.sourceChannelOrder), pictures);
  network.dispose();
  const wanted = golden.logits.flat();
  expect(logits).toHaveLength(wanted.length);
  const errors = wanted.map((value, i) => Math.abs(value - (logits[i] ?? NaN)));
  expect(Math.max(...errors)).toBeLessThan(name.includes('fp16') ? 5e-3 : 1e-4);
});
