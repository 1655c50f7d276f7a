/** All twelve variants on real WebGPU, WebGL and WebAssembly against plain loops, with seeded weights. */
import { expect, test } from 'vitest';
import type { BackendName, BackendOptions } from '../../src/engine/backend.ts';
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
  const errorOf = async (backend: BackendName, options: BackendOptions): Promise<number> => {
    const network = await createNetwork(layers, weights, backend, options);
    const logits = await network.predict(input);
    network.dispose();
    return relativeError(logits, expected);
  };
  expect(await errorOf('webgpu', { precision: 'float32' })).toBeLessThan(1e-4);
  expect(await errorOf('webgl', { precision: 'float32' })).toBeLessThan(1e-4);
  expect(await errorOf('webgl', { precision: 'float16' })).toBeLessThan(2e-2);
  expect(await errorOf('wasm', { threads: 1 })).toBeLessThan(1e-4);
  expect(await errorOf('wasm', { threads: 2 })).toBeLessThan(1e-4);
});
