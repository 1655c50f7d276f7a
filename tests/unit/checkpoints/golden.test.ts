import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { foldBatchNorm, requireFit } from '../../../src/checkpoints/index.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { layersOf } from '../../../src/regnet/index.ts';
import { checkpointFixture, FILES } from './fixtures.ts';

interface Golden {
  readonly input: { readonly shape: [number, 3, number, number]; readonly data: number[] };
  readonly logits: number[][];
}

/** PyTorch's logits for a fixed input. */
const goldenFrom = (name: string): Golden =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/checkpoints/${name}`, import.meta.url), 'utf8'),
  ) as Golden;

/** NCHW to NHWC; for a network that took BGR the input is BGR, and the stem now takes RGB. */
function inputFor({ input }: Golden, order: 'RGB' | 'BGR'): Float32Array {
  const size = input.shape[2];
  const pixels = size * size;
  return Float32Array.from(input.data, (_, i) => {
    const [picture, pixel] = [Math.floor(i / 3 / pixels), Math.floor(i / 3) % pixels];
    const channel = order === 'RGB' ? i % 3 : 2 - (i % 3);
    return input.data[(picture * 3 + channel) * pixels + pixel] ?? NaN;
  });
}

async function largestError(name: string, golden: Golden): Promise<number> {
  const checkpoint = checkpointFixture(name);
  const [pictures, , size] = golden.input.shape;
  const { stages, classes } = requireFit(checkpoint, []);
  const layers = layersOf(stages, size, classes);
  const network = await createNetwork(layers, foldBatchNorm(layers, checkpoint.tensors), 'cpu');
  const logits = await network.predict(inputFor(golden, checkpoint.sourceChannelOrder), pictures);
  network.dispose();
  const wanted = golden.logits.flat();
  expect(logits).toHaveLength(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(value - (logits[i] ?? NaN))));
}

/** The network from which all of `FILES` were saved. */
const golden = goldenFrom('golden.json');

test.each(FILES)("$name gives PyTorch's logits", async ({ name }) => {
  expect(await largestError(name, golden)).toBeLessThan(name.includes('fp16') ? 5e-3 : 1e-4);
});

/** Files as training scripts leave them; of one network but for the last. */
test.each([
  ['lightning-tied-twice.ckpt', 'golden-found.json'],
  ['head-dropout-linear.pth', 'golden-found.json'],
  ['mmengine-to-rgb.pth', 'golden-found.json'],
  ['one-output.pth', 'golden-one-output.json'],
])("%s gives PyTorch's logits", async (name, numbers) => {
  expect(await largestError(name, goldenFrom(numbers))).toBeLessThan(1e-6);
});
