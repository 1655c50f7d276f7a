import { expect, test } from 'vitest';
import { createNetwork } from '../../../src/engine/network.ts';
import { referenceLogits } from '../../../src/engine/reference.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import { goldenInput, goldenLayers, goldenLogits } from '../../golden.ts';
import { foldBatchNorm } from '../../../src/checkpoints/index.ts';
import { maxAbsError, seededValues, seededWeights } from '../../seeded.ts';
import { checkpointFixture } from '../checkpoints/fixtures.ts';

const at = (side: number) => ({ side, input: seededValues(side * side * 3, 7) });
const goesOn = () => Promise.resolve();

test("the reference gives PyTorch's logits, layer by layer", async () => {
  const { tensors } = checkpointFixture('timm.safetensors');
  const weights = foldBatchNorm(goldenLayers, tensors);
  const input = goldenInput.subarray(0, 64 * 64 * 3);
  let layers = 0;
  const logits = await referenceLogits(goldenLayers, weights, { side: 64, input }, () => {
    layers++;
    return Promise.resolve();
  });
  expect(maxAbsError(logits, goldenLogits.subarray(0, 10))).toBeLessThan(1e-4);
  expect(layers).toBe(goldenLayers.length);
});

test('a network gives the same at another size than its own', async () => {
  const { layers } = networkOf(modelOf('regnetx_002').design, 64, 100);
  const weights = seededWeights(layers, 1);
  const network = await createNetwork(layers, weights, 'cpu');
  const before = network.memory();
  const { input } = at(33);
  const logits = await network.predictAt(33, input);
  expect(logits).toEqual(await referenceLogits(layers, weights, at(33), goesOn));
  expect(network.memory()).toEqual(before);
  await expect(network.predictAt(34, input)).rejects.toThrow(RangeError);
  network.dispose();
});
