/** All twelve variants on real WebGL against the CPU, with seeded weights. */
import { expect, test } from 'vitest';
import type { Precision } from '../../src/engine/backend.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { referenceLogits } from '../../src/engine/reference.ts';
import { networkOf } from '../../src/regnet/index.ts';
import { models } from '../../src/zoo/models.ts';
import { relativeError, seededValues, seededWeights } from '../seeded.ts';

const SIDE = 64;

test.each(models)('the logits of $name equal the CPU’s', async ({ design }) => {
  const { layers } = networkOf(design, SIDE);
  const weights = seededWeights(layers, 1);
  const input = seededValues(SIDE * SIDE * 3, 7);
  const expected = await referenceLogits(layers, weights, { side: SIDE, input }, () =>
    Promise.resolve(),
  );
  /** One network at a time: the largest has 100 million weights. */
  const errorOf = async (precision: Precision): Promise<number> => {
    const network = await createNetwork(layers, weights, 'webgl', { precision });
    const logits = await network.predict(input);
    network.dispose();
    return relativeError(logits, expected);
  };
  expect(await errorOf('float32')).toBeLessThan(1e-4);
  expect(await errorOf('float16')).toBeLessThan(2e-2);
});
