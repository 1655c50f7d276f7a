import { expect, test } from 'vitest';
import { contendersOf, median, planOf, takesTurn } from '../../bench/plan.ts';

test('a plan names what is unknown', () => {
  expect(planOf({ engines: 'ort/wasm, ours/webgl' }).engines).toEqual(['ort/wasm', 'ours/webgl']);
  expect(() => planOf({ engines: 'ours/webgl,fast' })).toThrow('engines: there is no fast');
  expect(() => planOf({ variants: 'regnetx_001' })).toThrow('regnetx_002');
  expect(() => planOf({ repeats: '0' })).toThrow('repeats must be a whole number from 1');
});

test('WebAssembly and what is native run with one thread and with all', () => {
  const threads = (all: number) => contendersOf(['ours/webgl', 'ort/wasm'], all);
  expect(threads(8).map((c) => c.threads)).toEqual([null, 1, 8]);
  expect(contendersOf(['ort/native'], 4).map((c) => c.threads)).toEqual([1, 4]);
  expect(threads(1).map((c) => c.threads)).toEqual([null, 1]);
});

test('the median of an even count lies between the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
});

test('a slow engine repeats less often, but three times', () => {
  expect(takesTurn([])).toBe(true);
  expect(takesTurn([5000, 5000])).toBe(true);
  expect(takesTurn([5000, 5000, 5000])).toBe(false);
  expect(takesTurn([50_000])).toBe(false);
  expect(takesTurn(Array.from({ length: 30 }, () => 100))).toBe(true);
});
