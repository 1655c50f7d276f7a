import { expect, test } from 'vitest';
import { decodeBfloat16, decodeHalf, halfBits } from '../../../src/checkpoints/half.ts';

const everyHalf = Uint16Array.from({ length: 0x10000 }, (_, i) => i);

test('every half decodes as the platform decodes it', () => {
  expect(decodeHalf(everyHalf)).toEqual(
    Float32Array.from(new Float16Array(everyHalf.buffer.slice(0))),
  );
});

test('every half survives decoding and encoding', () => {
  const wrong = Array.from(everyHalf).filter((half) => {
    const value = decodeHalf(Uint16Array.of(half))[0] ?? 0;
    return !Number.isNaN(value) && halfBits(value) !== half;
  });
  expect(wrong).toEqual([]);
});

test('encoding rounds as the platform rounds, halfway cases and neighbours included', () => {
  const platform = new Float16Array(1);
  const platformBits = new Uint16Array(platform.buffer);
  const single = new Float32Array(1);
  const singleBits = new Uint32Array(single.buffer);
  const wrong: number[] = [];
  for (let half = 0; half < 0x7c00; half++) {
    const [low = 0, high = 0] = decodeHalf(Uint16Array.of(half, half + 1));
    single[0] = (low + Math.min(high, 65536)) / 2;
    const middle = singleBits[0] ?? 0;
    for (const bits of [middle - 1, middle, middle + 1]) {
      singleBits[0] = bits;
      platform[0] = single[0];
      if (halfBits(single[0]) !== platformBits[0]) wrong.push(single[0]);
      if (halfBits(-single[0]) !== ((platformBits[0] ?? 0) | 0x8000)) wrong.push(-single[0]);
    }
  }
  expect(wrong).toEqual([]);
  expect([1e9, Infinity, -Infinity].map(halfBits)).toEqual([0x7c00, 0x7c00, 0xfc00]);
  expect(halfBits(NaN) & 0x7fff).toBeGreaterThan(0x7c00);
});

test('bfloat16 is the upper half of a single', () => {
  expect(decodeBfloat16(Uint16Array.of(0x3f80, 0xc020, 0x0001, 0x7f80))).toEqual(
    Float32Array.of(1, -2.5, 2 ** -133, Infinity),
  );
});
