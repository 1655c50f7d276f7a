import { expect, test } from 'vitest';
import { EngineError, toPlainError } from '../../../src/threads/errors.ts';

test.each([
  ['V8', new RangeError('Array buffer allocation failed')],
  ['V8, of WebAssembly', new RangeError('WebAssembly.Memory.grow(): Memory allocation failed')],
  ['SpiderMonkey', new Error('out of memory')],
  ['SpiderMonkey, of a size', new Error('allocation size overflow')],
  ['JavaScriptCore', new RangeError('Out of memory')],
])('a buffer that the device has no room for is told so (%s)', (_, error) => {
  const { code, message } = toPlainError(error);
  expect(code).toBe('internal');
  expect(message).toMatch(/^This device has not enough memory/);
});

test('a sentence of ours stays as it is, and a surprise says what it was', () => {
  const ours = new EngineError('checkpoint', 'This file says: out of memory.');
  expect(toPlainError(ours)).toEqual({ code: 'checkpoint', message: ours.message });
  expect(toPlainError(new TypeError('x is undefined')).message).toContain('(x is undefined)');
});
