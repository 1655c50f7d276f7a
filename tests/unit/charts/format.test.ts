import { expect, it } from 'vitest';
import {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatDifference,
  formatInteger,
  formatShare,
  formatTick,
} from '../../../src/charts/shared/format.ts';

it('writes counts with four significant digits and an SI prefix, small ones exactly', () => {
  expect(formatCount(0)).toBe('0');
  expect(formatCount(1456)).toBe('1,456');
  expect(formatCount(9999)).toBe('9,999');
  expect(formatCount(10_304)).toBe('10.30\u00a0k');
  expect(formatCount(2_684_792)).toBe('2.685\u00a0M');
  expect(formatCount(199_040_872)).toBe('199.0\u00a0M');
  expect(formatCount(31_738_060_288)).toBe('31.74\u00a0G');
  expect(formatCount(109_119_232, 3)).toBe('109\u00a0M');
  // What rounds up to a thousand takes the next prefix.
  expect(formatCount(999_970)).toBe('1.000\u00a0M');
});

it('writes ticks with no more digits than they need', () => {
  expect([0, 500, 1500, 200e6, 1e9].map(formatTick)).toEqual([
    '0',
    '500',
    '1.5\u00a0k',
    '200\u00a0M',
    '1\u00a0G',
  ]);
});

it('writes exact integers with separators', () => {
  expect(formatInteger(31_738_060_288)).toBe('31,738,060,288');
});

it('never calls a small share nothing, nor nothing a small share', () => {
  expect([0, 0.0001, 0.0972, 0.0996, 0.548, 1].map(formatShare)).toEqual([
    '0%',
    '<0.1%',
    '9.7%',
    '10%',
    '55%',
    '100%',
  ]);
});

it('signs differences with a true minus and leaves zero unsigned', () => {
  expect([-0.702, 0.048, -0.004, 0].map(formatDifference)).toEqual([
    '\u22120.70',
    '+0.05',
    '0.00',
    '0.00',
  ]);
  expect(formatAccuracy(72.278)).toBe('72.28%');
});

it('writes sizes of files in decimal units', () => {
  expect([812_400, 5_491_000, 432_400_000].map(formatBytes)).toEqual([
    '812\u00a0kB',
    '5.5\u00a0MB',
    '432\u00a0MB',
  ]);
});
