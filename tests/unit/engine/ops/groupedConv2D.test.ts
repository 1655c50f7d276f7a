import { beforeAll, describe, expect, test } from 'vitest';
import { openBackend, type Backend } from '../../../../src/engine/backend.ts';
import { globalAveragePool } from '../../../../src/engine/ops/globalAveragePool.ts';
import { groupedConv2D } from '../../../../src/engine/ops/groupedConv2D.ts';

let cpu: Backend;
beforeAll(async () => {
  cpu = await openBackend('cpu');
});

const tensor = (shape: number[], ...values: number[]) =>
  cpu.upload(Float32Array.from(values), shape);
const zeros = (...shape: number[]) =>
  cpu.upload(new Float32Array(shape.reduce((a, b) => a * b)), shape);
const valuesOf = async (result: ReturnType<typeof tensor>) => [...(await cpu.read(result))];

describe('the CPU kernel', () => {
  const picture = () => tensor([1, 4, 4, 1], ...Array.from({ length: 16 }, (_, i) => i + 1));
  const bias = () => zeros(1);
  const corner = () => tensor([3, 3, 1, 1], 1, 0, 0, 0, 0, 0, 0, 0, 0);

  test('pads by one pixel on every side, at stride 2 too', async () => {
    // The filter's first tap is the pixel to the upper left; TensorFlow's 'same' would not pad there.
    const result = groupedConv2D(
      cpu,
      { x: picture(), filter: corner(), bias: bias() },
      { stride: 2, relu: false },
    );
    expect(result.shape).toEqual([1, 2, 2, 1]);
    expect(await valuesOf(result)).toEqual([0, 0, 0, 6]);
  });

  test('keeps groups apart, adds bias and residual, and ends with the ReLU', async () => {
    const inputs = {
      x: tensor([1, 1, 1, 4], 1, 2, 3, 4),
      // Group 1 sums its two channels into output 1 and subtracts them in output 2; group 2 likewise.
      filter: tensor([1, 1, 2, 4], 1, 1, 1, 1, 1, -1, 1, -1),
      bias: tensor([4], 10, 0, 0, 0),
      residual: tensor([1, 1, 1, 4], 100, 0, 0, 0.5),
    };
    const run = (relu: boolean) => valuesOf(groupedConv2D(cpu, inputs, { stride: 1, relu }));
    expect(await run(false)).toEqual([113, -1, 7, -0.5]);
    expect(await run(true)).toEqual([113, 0, 7, 0]);
  });

  test('averages every channel of every picture', async () => {
    const x = tensor([2, 1, 2, 2], 1, 10, 3, 30, 5, 50, 7, 70);
    expect(await valuesOf(globalAveragePool(cpu, x))).toEqual([2, 20, 6, 60]);
  });
});

describe('shapes that do not fit are refused with the shape that would', () => {
  const x = () => zeros(1, 4, 4, 8);
  test.each([
    ['stride must be 1 or 2, not 3', () => ({ x: x(), filter: zeros(3, 3, 8, 8), stride: 3 })],
    ['x must be [batch, height, width, channels], not [4, 8]', () => ({ x: zeros(4, 8) })],
    ['with an odd k, not [2, 2, 8, 8]', () => ({ filter: zeros(2, 2, 8, 8) })],
    [
      "divide x's 8 channels into equal groups, not [3, 3, 3, 8]",
      () => ({ filter: zeros(3, 3, 3, 8) }),
    ],
    [
      "divide x's 8 channels into equal groups, not [3, 3, 2, 6]",
      () => ({ filter: zeros(3, 3, 2, 6) }),
    ],
    ['bias must be [8], not [7]', () => ({ bias: zeros(7) })],
    ['residual must be [1, 4, 4, 8], not [1, 2, 2, 8]', () => ({ residual: zeros(1, 2, 2, 8) })],
  ])('%s', (message, change) => {
    const inputs = { x: x(), filter: zeros(3, 3, 8, 8), bias: zeros(8), stride: 1, ...change() };
    expect(() => groupedConv2D(cpu, inputs, { stride: inputs.stride, relu: true })).toThrow(
      message,
    );
  });
});
