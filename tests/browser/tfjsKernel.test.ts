/** The custom kernel in plain TensorFlow.js, on real WebGL, against the plain loops. */
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FilterShape, MapShape } from '../../src/engine/backend.ts';
import { openCpu } from '../../src/engine/backends/cpu/index.ts';
import { groupedConv2d, registerGroupedConv2d } from '../../src/engine/tfjs/index.ts';
import { relativeError, seededValues } from '../seeded.ts';

beforeAll(async () => {
  await tf.setBackend('webgl');
  registerGroupedConv2d();
  // As a page may whose parts do not know of each other.
  registerGroupedConv2d();
});

interface Case extends FilterShape {
  readonly x: MapShape;
  readonly stride?: number;
  readonly relu?: boolean;
  readonly residual?: boolean;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** PyTorch's [cout, cin / groups, k, k] as TensorFlow's [k, k, cin / groups, cout]. */
function hwio(weight: Float32Array, { kernel, cin, cout, groups }: FilterShape): tf.Tensor4D {
  const oihw = tf.tensor4d(weight, [cout, cin / groups, kernel, kernel]);
  return tf.transpose(oihw, [2, 3, 1, 0]);
}

async function bothOf({ x, stride = 1, relu = false, residual = false, ...shape }: Case) {
  const { kernel, cin, cout, groups } = shape;
  const picture = seededValues(sizeOf(x), 1);
  const weight = seededValues((kernel * kernel * cin * cout) / groups, 2);
  const bias = seededValues(cout, 3);
  const [batch, height, width] = x;
  const out: MapShape = [batch, Math.ceil(height / stride), Math.ceil(width / stride), cout];
  const added = residual ? seededValues(sizeOf(out), 4) : null;
  const cpu = openCpu();
  const expected = await cpu.read(
    cpu.conv(cpu.upload(picture, x), cpu.load({ weight, bias }, shape), {
      stride,
      relu,
      residual: added ? cpu.upload(added, out) : undefined,
    }),
  );
  const actual = tf.tidy(() => {
    // A texture full of NaN is recycled for what is computed next.
    tf.add(tf.fill([...out], NaN), 1).dispose();
    return groupedConv2d(tf.tensor4d(picture, [...x]), hwio(weight, shape), tf.tensor1d(bias), {
      stride,
      relu,
      residual: added ? tf.tensor4d(added, [...out]) : undefined,
    });
  });
  expect(actual.shape).toEqual(out);
  const values = await actual.data<'float32'>();
  actual.dispose();
  return { values, expected };
}

describe('equals the plain loops', () => {
  const grouped = (groups: number, cin: number, cout = cin) => ({ kernel: 3, groups, cin, cout });
  const pointwise = (cin: number, cout: number) => ({ kernel: 1, groups: 1, cin, cout });
  test.each<[string, Case]>([
    ['groups of 8 on an odd map', { x: [1, 7, 7, 24], ...grouped(3, 24), relu: true }],
    ['groups of 24, stride 2', { x: [2, 7, 6, 72], ...grouped(3, 72), stride: 2 }],
    ['groups of 168', { x: [1, 4, 5, 336], ...grouped(2, 336), residual: true, relu: true }],
    ['groups that change their width', { x: [1, 5, 5, 16], ...grouped(4, 16, 24) }],
    ['the stem', { x: [2, 9, 9, 3], ...grouped(1, 3, 32), stride: 2, relu: true }],
    ['1x1 with a residual', { x: [1, 7, 7, 24], ...pointwise(24, 56), residual: true }],
    ['1x1 of odd channels', { x: [2, 5, 5, 25], ...pointwise(25, 35) }],
    ['a projection', { x: [2, 7, 7, 24], ...pointwise(24, 56), stride: 2 }],
    ['a classifier', { x: [2, 1, 1, 64], ...pointwise(64, 10) }],
  ])('for %s, twice, and leaves nothing behind', async (_, the) => {
    const before = tf.memory().numTensors;
    for (let run = 0; run < 2; run++) {
      const { values, expected } = await bothOf(the);
      expect(relativeError(values, expected)).toBeLessThan(1e-5);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

type Axes = [number, number, number, number];
test.each<[string, Axes, Axes]>([
  ['even number of channels', [1, 4, 4, 10], [3, 3, 5, 10]],
  ['with an odd k', [1, 4, 4, 8], [2, 2, 8, 8]],
  ['with an odd k', [1, 4, 4, 8], [3, 3, 3, 8]],
])('what does not fit is refused: %s', (message, x, filter) => {
  tf.tidy(() => {
    const operands = [tf.zeros<tf.Rank.R4>(x)] as const;
    const weights = tf.zeros<tf.Rank.R4>(filter);
    expect(() => groupedConv2d(...operands, weights, tf.zeros<tf.Rank.R1>([filter[3]]))).toThrow(
      message,
    );
  });
});
