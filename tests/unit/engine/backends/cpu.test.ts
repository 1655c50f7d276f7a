import { describe, expect, test } from 'vitest';
import type { ConvOptions, FilterShape, MapShape } from '../../../../src/engine/backend.ts';
import { openCpu } from '../../../../src/engine/backends/cpu/index.ts';

const cpu = openCpu();

const map = (shape: MapShape, ...values: number[]) => cpu.upload(Float32Array.from(values), shape);
const zeros = (...shape: MapShape) =>
  cpu.upload(new Float32Array(shape.reduce((a, b) => a * b)), shape);
const filter = (shape: FilterShape, weight: number[], bias: number[]) =>
  cpu.load({ weight: Float32Array.from(weight), bias: Float32Array.from(bias) }, shape);
const valuesOf = async (result: ReturnType<typeof map>) => [...(await cpu.read(result))];

describe('the plain loops', () => {
  test('pad by one pixel on every side, at stride 2 too', async () => {
    const picture = map([1, 4, 4, 1], ...Array.from({ length: 16 }, (_, i) => i + 1));
    // The filter's first tap is the pixel to the upper left; TensorFlow's 'same' would not pad there.
    const corner = filter(
      { kernel: 3, cin: 1, cout: 1, groups: 1 },
      [1, 0, 0, 0, 0, 0, 0, 0, 0],
      [0],
    );
    const result = cpu.conv(picture, corner, { stride: 2, relu: false });
    expect(result.shape).toEqual([1, 2, 2, 1]);
    expect(await valuesOf(result)).toEqual([0, 0, 0, 6]);
  });

  test('keep groups apart, add bias and residual, and end with the ReLU', async () => {
    const x = map([1, 1, 1, 4], 1, 2, 3, 4);
    const residual = map([1, 1, 1, 4], 100, 0, 0, 0.5);
    // Group 1 sums its two channels into output 1 and subtracts them in output 2; group 2 likewise.
    const sums = filter(
      { kernel: 1, cin: 4, cout: 4, groups: 2 },
      [1, 1, 1, -1, 1, 1, 1, -1],
      [10, 0, 0, 0],
    );
    const run = (relu: boolean) => valuesOf(cpu.conv(x, sums, { stride: 1, relu, residual }));
    expect(await run(false)).toEqual([113, -1, 7, -0.5]);
    expect(await run(true)).toEqual([113, 0, 7, 0]);
  });

  test('average every channel of every picture', async () => {
    const x = map([2, 1, 2, 2], 1, 10, 3, 30, 5, 50, 7, 70);
    expect(await valuesOf(cpu.pool(x))).toEqual([2, 20, 6, 60]);
  });
});

describe('operands that do not fit are refused with what would', () => {
  const eight: FilterShape = { kernel: 3, cin: 8, cout: 8, groups: 1 };
  type Options = ConvOptions<ReturnType<typeof map>>;
  test.each<[string, FilterShape, Partial<Options>]>([
    ['stride must be 1 or 2, not 3', eight, { stride: 3 }],
    ['takes 6 channels, and the map has 8', { ...eight, cin: 6 }, {}],
    ['residual must be [1, 4, 4, 8], not [1, 2, 2, 8]', eight, { residual: zeros(1, 2, 2, 8) }],
  ])('%s', (message, shape, options) => {
    const { kernel, cin, cout, groups } = shape;
    const weights = filter(
      shape,
      new Array<number>((kernel * kernel * cin * cout) / groups).fill(0),
      new Array<number>(cout).fill(0),
    );
    expect(() =>
      cpu.conv(zeros(1, 4, 4, 8), weights, { stride: 1, relu: true, ...options }),
    ).toThrow(message);
  });

  test('a softmax of a map', () => {
    expect(() => cpu.softmax(zeros(1, 2, 1, 8))).toThrow('takes a map of [batch, 1, 1, channels]');
  });
});
