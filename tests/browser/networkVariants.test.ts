/** All twelve variants on real WebGL against the CPU, with seeded weights. */
import { expect, test } from 'vitest';
import { createNetwork } from '../../src/engine/network.ts';
import { networkOf } from '../../src/regnet/index.ts';
import { models } from '../../src/zoo/models.ts';
import { relativeError, seededValues, seededWeights } from '../seeded.ts';

const RESOLUTION = 64;

test.each(models)('the logits of $name equal the CPU’s', async ({ design }) => {
  const { layers } = networkOf(design, RESOLUTION);
  const weights = seededWeights(layers, 1);
  const picture = seededValues(RESOLUTION * RESOLUTION * 3, 7);
  const [webgl, cpu] = [
    await logitsOf(layers, weights, 'webgl', picture),
    await logitsOf(layers, weights, 'cpu', picture),
  ];
  expect(relativeError(webgl, cpu)).toBeLessThan(1e-4);
});

/** One network at a time: the largest has 100 million weights. */
async function logitsOf(
  layers: Parameters<typeof createNetwork>[0],
  weights: Parameters<typeof createNetwork>[1],
  backend: 'webgl' | 'cpu',
  picture: Float32Array,
): Promise<Float32Array> {
  const network = await createNetwork(layers, weights, backend);
  const logits = await network.predict(picture);
  network.dispose();
  return logits;
}
