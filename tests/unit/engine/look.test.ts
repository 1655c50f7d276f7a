import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import {
  cluesOf,
  foldBatchNorm,
  readCheckpoint,
  requireFit,
} from '../../../src/checkpoints/index.ts';
import { channelOf, insightOf, strongestOf } from '../../../src/engine/insight.ts';
import { createNetwork, type Network } from '../../../src/engine/network.ts';
import { normalise } from '../../../src/engine/preprocess/index.ts';
import { layersOf } from '../../../src/regnet/index.ts';
import golden from '../../fixtures/weights/look.shipped.json' with { type: 'json' };
import { evidenceError, lookCases, stagesError } from '../../look.ts';
import { maxAbsError } from '../../seeded.ts';

const checkpoint = readCheckpoint(new Uint8Array(readFileSync(golden.weights)));
const fit = requireFit(checkpoint, []);
const { preprocessing } = cluesOf(checkpoint, fit).likely;
const layers = layersOf(fit.stages, preprocessing.crop, fit.classes);
const weights = foldBatchNorm(layers, checkpoint.tensors);

async function inputOf(image: string): Promise<Float32Array> {
  const { data, info } = await sharp(`tests/fixtures/weights/${image}`)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return normalise({ ...info, data: new Uint8Array(data) }, preprocessing);
}

const open: Network[] = [];
const networkOn = async (backend: 'cpu' | 'wasm') => {
  const network = await createNetwork(layers, weights, backend);
  open.push(network);
  return network;
};
afterEach(() => {
  for (const network of open.splice(0)) network.dispose();
});

describe.each(['cpu', 'wasm'] as const)('a look inside of the network on %s', (backend) => {
  test.each(lookCases)("equals PyTorch's for $image", async (reference) => {
    const network = await networkOn(backend);
    const insight = insightOf(await network.look(await inputOf(reference.image)), 8);
    expect(evidenceError(reference, insight.evidence)).toBeLessThan(1e-3);
    expect(stagesError(reference, insight.stages)).toBeLessThan(1e-3);
    expect(insight.stages.map(({ strongest }) => strongest[0]?.channel)).toEqual(
      reference.stages.map(({ strongest }) => strongest[0]),
    );
  });

  test('explains the logits: their maps’ means and the biases', async () => {
    const network = await networkOn(backend);
    const input = await inputOf('espresso-coffee.png');
    const { evidence, logits } = await network.look(input);
    const bias = weights.get('head.fc')?.bias ?? new Float32Array();
    const places = evidence.height * evidence.width;
    const explained = Float32Array.from(logits, (_, index) => {
      const sum = channelOf(evidence, index).reduce((a, b) => a + b, 0);
      return sum / places + (bias[index] ?? NaN);
    });
    expect(maxAbsError(explained, logits)).toBeLessThan(1e-4);
    expect(maxAbsError(await network.predict(input), logits)).toBeLessThan(1e-4);
  });

  test('leaves nothing behind', async () => {
    const network = await networkOn(backend);
    const input = await inputOf('espresso-coffee.png');
    const before = network.memory();
    const first = await network.look(input);
    expect(await network.look(input)).toEqual(first);
    expect(network.memory()).toEqual(before);
    await expect(network.look(new Float32Array(3))).rejects.toThrow('128 x 128 x 3');
  });
});

test('the strongest channels come first, equal ones in their order', () => {
  const map = { height: 1, width: 2, channels: 3, values: Float32Array.of(1, 4, 1, 3, 0, 3) };
  expect(strongestOf(map, 2)).toEqual([
    { channel: 0, mean: 2, values: Float32Array.of(1, 3) },
    { channel: 1, mean: 2, values: Float32Array.of(4, 0) },
  ]);
});
