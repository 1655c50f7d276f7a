import { describe, expect, test } from 'vitest';
import { quickestBatch } from '../../../../src/recount/browser/batching.ts';

const VALUES = 3 * 32 * 32;

/** A network whose passes take `ms(size)`, on a clock of its own that only passes move. */
function networkWith(ms: (size: number) => number, copies = 1) {
  const sizes: number[] = [];
  let now = 0;
  return {
    sizes,
    clock: () => now,
    network: {
      copies,
      probabilities: (input: Float32Array, size = 1) => {
        expect(input).toHaveLength(size * VALUES);
        sizes.push(size);
        now += ms(size);
        return Promise.resolve(new Float32Array(size));
      },
    },
  };
}

describe('the size of a batch', () => {
  test('is the one with most pictures a second, which need not be the largest', async () => {
    const { network, clock, sizes } = networkWith((size) => (size === 8 ? 8 * 2 : size * 3));
    expect(await quickestBatch(network, VALUES, 1000, clock)).toBe(8);
    expect(sizes).toEqual([1, 1, 4, 4, 8, 8, 16, 16]);
  });

  test('is tried no longer than two seconds', async () => {
    const { network, clock, sizes } = networkWith((size) => size * 600);
    expect(await quickestBatch(network, VALUES, 1000, clock)).toBe(1);
    expect(sizes).toEqual([1, 1, 4, 4]);
  });

  test('keeps its maps below 400 MB', async () => {
    const { network, clock, sizes } = networkWith((size) => 10 + size);
    // Of eight pictures three such maps take 384 MB, of sixteen twice that.
    expect(await quickestBatch(network, VALUES, 4e6, clock)).toBe(8);
    expect(Math.max(...sizes)).toBe(8);
  });

  test('is tried with all copies at once, whose maps are together below 400 MB', async () => {
    const { network, clock, sizes } = networkWith((size) => 10 + size, 2);
    // Of four pictures three such maps take 192 MB, of two times four 384 MB.
    expect(await quickestBatch(network, VALUES, 4e6, clock)).toBe(4);
    expect(sizes).toEqual([1, 1, 1, 1, 4, 4, 4, 4]);
  });

  test('is the largest that the device can hold', async () => {
    const { network, clock } = networkWith((size) => {
      if (size > 4) throw new RangeError('Array buffer allocation failed');
      return 10 + size;
    });
    expect(await quickestBatch(network, VALUES, 1000, clock)).toBe(4);
  });

  test('is none where one picture is too much', async () => {
    const { network, clock } = networkWith(() => {
      throw new RangeError('Array buffer allocation failed');
    });
    await expect(quickestBatch(network, VALUES, 1000, clock)).rejects.toThrow('allocation failed');
  });
});
