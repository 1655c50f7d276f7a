import { expect, test } from 'vitest';
import {
  CHECK_SIDE,
  checkInput,
  parityWithCpu,
  parityWithPyTorch,
  refusalOf,
} from '../../../src/engine/parity.ts';

test('the input is small, in range and not flat', () => {
  const input = checkInput();
  expect(input).toHaveLength(CHECK_SIDE ** 2 * 3);
  expect(Math.max(...input.map(Math.abs))).toBeLessThanOrEqual(2);
  expect(new Set(input).size).toBeGreaterThan(3000);
});

test('logits are compared relative to the largest, probabilities as they are', () => {
  const cpu = parityWithCpu(Float32Array.of(1, -20.5), Float32Array.of(1, -20), 'float16');
  expect(cpu).toEqual({ reference: 'cpu', difference: 0.025, tolerance: 0, limit: 0.02 });
  const stored = { probabilities: [0.25, 0.75], tolerance: 1e-3 };
  const pytorch = parityWithPyTorch(Float32Array.of(0.25, 0.7509765625), stored, 'float32');
  expect(pytorch).toEqual({
    reference: 'pytorch',
    difference: 0.0009765625,
    tolerance: 1e-3,
    limit: 0.0011,
  });
  expect(refusalOf(pytorch)).toBeNull();
});

test.each([
  ['too far off', Float32Array.of(1.001), 'by 0.001, where 0.0001 may be'],
  ['no number', Float32Array.of(NaN), 'altogether'],
  ['not as many', Float32Array.of(1, 2), 'altogether'],
])('numbers that are %s are refused', (_, actual, words) => {
  const refusal = refusalOf(parityWithCpu(actual, Float32Array.of(1), 'float32'));
  expect(refusal).toMatchObject({ name: 'EngineError', code: 'mismatch' });
  expect(refusal?.message).toContain(words);
});
