/** What every variant holds on the GPU, and that it lets go of it. */
import { expect, test } from 'vitest';
import type { FoldedWeights } from '../../src/checkpoints/fold.ts';
import { leastBytes } from '../../src/engine/memory.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { networkOf, type Layer } from '../../src/regnet/index.ts';
import { models } from '../../src/zoo/models.ts';
import { meterGpu } from '../bench/page/gpuMeter.ts';

/** Counts the textures of the page from outside of the engine. */
const meter = meterGpu();

/** Zeros, made when they are asked for: what is measured here is their size. */
const zeros = (layers: readonly Layer[]): Pick<FoldedWeights, 'get'> => ({
  get: (name) => {
    const layer = layers.find((l) => l.name === name);
    if (!layer) return undefined;
    const { kernel, cin, cout, groups } = layer;
    const weight = new Float32Array((kernel * kernel * cin * cout) / groups);
    return { weight, bias: new Float32Array(cout) };
  },
});

test.each(models)('$name at 224 px holds little more than it must', async ({ design }) => {
  const { layers } = networkOf(design);
  const network = await createNetwork(layers, zeros(layers), 'webgl');
  const { gpuBytes } = network.memory();
  expect(gpuBytes).toBeGreaterThan(leastBytes(layers, 4));
  expect(gpuBytes).toBeLessThanOrEqual(1.25 * leastBytes(layers, 4));
  expect(meter.bytes()).toBe(gpuBytes);
  network.dispose();
  expect(network.memory().gpuBytes).toBe(0);
  expect(meter.bytes()).toBe(0);
});
