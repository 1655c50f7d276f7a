import { expect, test } from 'vitest';
import { leastBytes } from '../../../src/engine/memory.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';

test('the least is the weights and the two largest neighbouring maps', () => {
  const { layers, complexity } = networkOf(modelOf('regnetx_002').design);
  // Batch norm's scale and shift become one bias a channel.
  const channels = layers.reduce((sum, l) => sum + (l.op === 'conv' ? l.cout : 0), 0);
  // The stem's output and the first convolution of the first block, both at 112 px.
  const maps = 112 * 112 * (32 + 24);
  expect(leastBytes(layers, 4)).toBe(4 * (complexity.params - channels + maps));
  expect(leastBytes(layers, 2)).toBe(leastBytes(layers, 4) / 2);
});
