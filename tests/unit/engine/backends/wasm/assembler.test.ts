import { expect, test } from 'vitest';
import {
  assemble,
  doWhile,
  f32,
  f32x4,
  i32,
  v128,
  wasmFunction,
  when,
} from '../../../../../src/engine/backends/wasm/assembler.ts';

type Run = (...args: number[]) => void;
const limits = { shared: false, maximum: 2 };

function instantiate(...functions: Parameters<typeof assemble>[0]) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const module = new WebAssembly.Module(assemble(functions, limits));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { exports: exports as Record<string, Run>, memory };
}

test.each([0, 63, 64, -64, -65, 127, 128, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31)])(
  'the constant %i arrives as it is',
  (value) => {
    const { exports, memory } = instantiate(
      wasmFunction('put', () =>
        // No integer store: the bits go as a float.
        v128.store(i32.const(16), f32x4.splat(f32.reinterpret(i32.const(value)))),
      ),
    );
    exports.put?.();
    expect(new Int32Array(memory.buffer, 16, 4)).toEqual(new Int32Array(4).fill(value));
  },
);

test('functions find their parameters and variables, loops end, branches are taken', () => {
  const { exports, memory } = instantiate(
    wasmFunction('skip', ({ param }) =>
      when(param('i32').get, v128.store(i32.const(0), v128.load(i32.const(4000)))),
    ),
    wasmFunction('sum', ({ param, variable }) => {
      const [from, end, to] = [param('i32'), param('i32'), param('i32')];
      const [sum, value] = [variable('v128'), variable('v128')];
      return [
        doWhile(
          [
            value.set(v128.loadSplat(from.get, 400)),
            sum.set(f32x4.add(sum.get, value.get)),
            from.set(i32.add(from.get, i32.const(4))),
          ],
          i32.lessUnsigned(from.get, end.get),
        ),
        v128.store(to.get, f32x4.div(sum.get, f32x4.splat(f32.fromInteger(i32.const(2))))),
      ];
    }),
  );
  const floats = new Float32Array(memory.buffer);
  floats.set([1, 2, 3, 4.5], 100);
  exports.sum?.(0, 16, 64);
  expect([...floats.subarray(16, 20)]).toEqual([5.25, 5.25, 5.25, 5.25]);
  floats.set([7, 7, 7, 7], 1000);
  exports.skip?.(0);
  expect(floats[0]).toBe(0);
  exports.skip?.(1);
  expect(floats[0]).toBe(7);
});

test('of two floats the greater is kept, and a first that is no number', () => {
  const { exports, memory } = instantiate(
    wasmFunction('greater', () =>
      v128.store(i32.const(32), f32x4.pmax(v128.load(i32.const(0)), v128.load(i32.const(16)))),
    ),
  );
  const floats = new Float32Array(memory.buffer);
  floats.set([1, -2, NaN, Infinity, 0, 0, 0, 0]);
  exports.greater?.();
  expect([...floats.subarray(8, 12)]).toEqual([1, 0, NaN, Infinity]);
});

test('a variable before a parameter is refused', () => {
  expect(() =>
    wasmFunction('late', ({ param, variable }) => [variable('i32').get, param('i32').get]),
  ).toThrow('Parameters come before variables');
});
