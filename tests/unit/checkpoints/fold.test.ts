import { expect, test } from 'vitest';
import { foldBatchNorm, foldLayer, requireFit, toFloat32 } from '../../../src/checkpoints/index.ts';
import { parametersOf } from '../../../src/checkpoints/parameters.ts';
import { elementsOf, Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import { layersOf } from '../../../src/regnet/index.ts';
import { checkpointFixture } from './fixtures.ts';

const layers = layersOf([{ width: 8, depth: 1, groups: 1, groupWidth: 8 }], 32, 2);
const [stem] = layers;

/** Tensors of the stem, all of one value each. */
function stemTensors(values: Readonly<Record<string, number>>): Map<string, Tensor> {
  if (!stem) throw new Error('There is no stem.');
  return new Map(
    parametersOf(stem).map(({ name, shape }) => {
      const value = values[name.split('.').at(-1) ?? ''] ?? 0;
      const elements = new Float32Array(elementsOf(shape)).fill(
        name === 'stem.conv.weight' ? (values.conv ?? 0) : value,
      );
      return [name, new Tensor(new Storage('F32', new Uint8Array(elements.buffer)), shape)];
    }),
  );
}

const fold = (values: Readonly<Record<string, number>>) => {
  if (!stem) throw new Error('There is no stem.');
  return foldLayer(stem, stemTensors(values));
};

test('batch norm is folded with an epsilon of 1e-5', () => {
  const { weight, bias } = fold({
    ...{ conv: 2, weight: 3, bias: 0.5, running_mean: -1, running_var: 4 },
  });
  const scale = 3 / Math.sqrt(4 + 1e-5);
  expect(weight).toEqual(new Float32Array(32 * 27).fill(2 * scale));
  expect(bias).toEqual(new Float32Array(32).fill(0.5 + scale));
});

test('every layer but the pooling is folded, and applies what batch norm would', () => {
  const checkpoint = checkpointFixture('torchvision-zip.pth');
  const { layers: all } = requireFit(checkpoint, []);
  const folded = foldBatchNorm(all, checkpoint.tensors);
  expect([...folded.keys()]).toEqual(all.filter((l) => l.op !== 'pool').map((l) => l.name));
  const values = (name: string): Float32Array => {
    const tensor = checkpoint.tensors.get(name);
    if (!tensor) throw new Error(`There is no ${name}.`);
    return toFloat32(tensor);
  };
  // A 1x1 convolution of random inputs at one pixel, with batch norm apart and folded in.
  const name = 's3.b1.conv1';
  const input = Array.from({ length: 32 }, (_, i) => Math.sin(i));
  const [weight, gamma, beta, mean, variance] = [
    'conv.weight',
    ...['bn.weight', 'bn.bias', 'bn.running_mean', 'bn.running_var'],
  ].map((leaf) => values(`${name}.${leaf}`));
  const dot = (w: Float32Array | undefined, c: number): number =>
    input.reduce((sum, x, i) => sum + x * (w?.[c * 32 + i] ?? NaN), 0);
  for (let c = 0; c < 72; c++) {
    const deviation = Math.sqrt((variance?.[c] ?? NaN) + 1e-5);
    const apart =
      ((dot(weight, c) - (mean?.[c] ?? NaN)) / deviation) * (gamma?.[c] ?? NaN) +
      (beta?.[c] ?? NaN);
    const together = dot(folded.get(name)?.weight, c) + (folded.get(name)?.bias[c] ?? NaN);
    expect(together).toBeCloseTo(apart, 5);
  }
});

test.each([
  ['a weight', { conv: NaN, running_var: 1 }, 'stem.conv.weight holds a value that is no finite'],
  ['a mean', { running_mean: -Infinity, running_var: 1 }, 'stem.bn.running_mean holds a value'],
  ['a negative variance', { weight: 1, running_var: -1 }, 'The batch norm of stem has a negative'],
])('%s that cannot be is refused', (_, values, message) => {
  expect(() => fold(values)).toThrow(
    expect.objectContaining({
      code: 'bad-values',
      message: expect.stringContaining(message) as string,
    }),
  );
});
