import { expect, test } from 'vitest';
import { MOST_BINS, statisticsOf } from '../../../src/checkpoints/index.ts';
import { Storage, Tensor, flip, type Dtype } from '../../../src/checkpoints/tensor.ts';

const tensorOf = (values: readonly number[], shape = [values.length]): Tensor =>
  new Tensor(new Storage('F32', new Uint8Array(Float32Array.from(values).buffer)), shape);
const sum = (counts: Uint32Array): number => counts.reduce((a, b) => a + b, 0);

test('range, mean and deviation of a known distribution', () => {
  const { counts, ...rest } = statisticsOf(tensorOf([2, 4, 4, 4, 5, 5, 7, 9]));
  expect(rest).toEqual({ elements: 8, nonFinite: 0, min: 2, max: 9, mean: 5, deviation: 2 });
  expect(counts).toHaveLength(8);
  expect(sum(counts)).toBe(8);
  // The maximum belongs to the last bin, not to one beyond it.
  expect([counts.at(0), counts.at(-1)]).toEqual([1, 1]);
});

test('an even spread fills every bin alike', () => {
  const values = Array.from({ length: MOST_BINS * 1000 }, (_, i) => i);
  expect([...statisticsOf(tensorOf(values)).counts]).toEqual(Array(MOST_BINS).fill(1000));
});

test('few values get few bins', () => {
  const spread = (n: number) => statisticsOf(tensorOf(Array.from({ length: n }, (_, i) => i)));
  expect([2, 100, 1000, 1e6].map((n) => spread(n).counts.length)).toEqual([8, 10, 20, 48]);
});

test('equal values are one bin', () => {
  const { counts, deviation, min, max } = statisticsOf(tensorOf([3, 3, 3]));
  expect([...counts]).toEqual([3]);
  expect([min, max, deviation]).toEqual([3, 3, 0]);
});

test('what is not finite is counted and left out', () => {
  const broken = statisticsOf(tensorOf([1, NaN, Infinity, -Infinity, 3]));
  expect(broken).toMatchObject({ elements: 5, nonFinite: 3, min: 1, max: 3, mean: 2 });
  expect(sum(broken.counts)).toBe(2);
  const hopeless = statisticsOf(tensorOf([NaN]));
  expect(hopeless).toMatchObject({ nonFinite: 1, min: null, max: null, mean: null });
  expect(hopeless.counts).toHaveLength(0);
});

test('no elements at all is no error', () => {
  expect(statisticsOf(tensorOf([], [0, 3]))).toMatchObject({
    elements: 0,
    nonFinite: 0,
    min: null,
  });
});

test('a view is measured, not its storage', () => {
  const storage = tensorOf([100, 1, 2, 3, 4, 100]).storage;
  const view = new Tensor(storage, [2, 2], [2, 1], 1);
  expect(statisticsOf(view)).toMatchObject({ min: 1, max: 4, mean: 2.5 });
  expect(statisticsOf(flip(view, 0)).counts).toEqual(statisticsOf(view).counts);
});

test.each<[Dtype, Uint8Array]>([
  ['I64', new Uint8Array(BigInt64Array.of(-3n, 7n).buffer)],
  ['F16', new Uint8Array(Uint16Array.of(0xc200, 0x4700).buffer)],
  ['BF16', new Uint8Array(Uint16Array.of(0xc040, 0x40e0).buffer)],
  ['F64', new Uint8Array(Float64Array.of(-3, 7).buffer)],
])('%s is decoded', (dtype, bytes) => {
  expect(statisticsOf(new Tensor(new Storage(dtype, bytes), [2]))).toMatchObject({
    min: -3,
    max: 7,
    mean: 2,
    deviation: 5,
  });
});

test('a range near the largest float neither overflows nor loses a value', () => {
  const huge = 3.4e38;
  const { counts, min, max } = statisticsOf(tensorOf([-huge, 0, huge]));
  expect(sum(counts)).toBe(3);
  expect(max).toBe(-(min ?? NaN));
});
