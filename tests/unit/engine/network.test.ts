import { describe, expect, test } from 'vitest';
import { foldBatchNorm } from '../../../src/checkpoints/index.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { softmax } from '../../../src/engine/softmax.ts';
import { goldenBatch, goldenInput, goldenLayers, goldenLogits } from '../../golden.ts';
import { maxAbsError, seededWeights } from '../../seeded.ts';
import { checkpointFixture } from '../checkpoints/fixtures.ts';

describe('the network on the CPU', () => {
  test("gives PyTorch's logits for the golden checkpoint", async () => {
    const { tensors } = checkpointFixture('timm.safetensors');
    const network = await createNetwork(goldenLayers, foldBatchNorm(goldenLayers, tensors), 'cpu');
    const logits = await network.predict(goldenInput, goldenBatch);
    expect(maxAbsError(logits, goldenLogits)).toBeLessThan(1e-4);
    expect(await network.probabilities(goldenInput, goldenBatch)).toEqual(softmax(logits, 10));
    network.dispose();
  });

  test('refuses an input of another size and says which it takes', async () => {
    const network = await createNetwork(goldenLayers, seededWeights(goldenLayers, 1), 'cpu');
    await expect(network.predict(new Float32Array(63 * 64 * 3))).rejects.toThrow(
      'The input must be 1 x 64 x 64 x 3 = 12288 numbers, not 12096.',
    );
    await expect(network.predict(goldenInput, 1)).rejects.toThrow(RangeError);
    await expect(network.predict(new Float32Array(), 0)).rejects.toThrow(RangeError);
    network.dispose();
  });

  test('refuses weights that do not fit, by the name of the layer', async () => {
    const weights = new Map(seededWeights(goldenLayers, 1));
    weights.set('s1.b1.conv2', { weight: new Float32Array(9), bias: new Float32Array(16) });
    await expect(createNetwork(goldenLayers, weights, 'cpu')).rejects.toMatchObject({
      name: 'EngineError',
      code: 'checkpoint',
      message: expect.stringContaining('s1.b1.conv2 needs 1152 weights and 16 biases') as string,
    });
    weights.delete('s1.b1.conv2');
    await expect(createNetwork(goldenLayers, weights, 'cpu')).rejects.toThrow('s1.b1.conv2');
  });
});

test('softmax sums to 1 in every row and does not overflow', () => {
  const rows = softmax(Float32Array.of(0, Math.log(3), 1000, 1000), 2);
  expect([...rows].map((p) => Math.round(p * 1e6) / 1e6)).toEqual([0.25, 0.75, 0.5, 0.5]);
});
