import { describe, expect, test } from 'vitest';
import { convShapeOf } from '../../../../../src/engine/ops/groupedConv2D.ts';
import { DEPTH, PANEL_HEADER } from '../../../../../src/engine/ops/wasm/kernels.ts';
import {
  bestTile,
  inputOffsets,
  packFilter,
  packPixels,
  panelGridOf,
  unpackPixels,
} from '../../../../../src/engine/ops/wasm/packing.ts';
import { seededValues } from '../../../../seeded.ts';

function shapeOf(x: number[], filter: number[], stride = 1) {
  const tensor = (shape: number[]) => ({ dataId: {}, shape, dtype: 'float32' as const });
  const bias = tensor([filter[3] ?? 0]);
  return convShapeOf({ x: tensor(x), filter: tensor(filter), bias }, { stride });
}

describe('panels', () => {
  test.each([
    { name: 'the family’s groups', x: [1, 4, 4, 48], filter: [3, 3, 24, 48] },
    { name: 'the stem', x: [1, 4, 4, 3], filter: [3, 3, 3, 32] },
    { name: 'odd groups', x: [1, 4, 4, 35], filter: [3, 3, 5, 35] },
    { name: 'one channel a group', x: [1, 4, 4, 9], filter: [3, 3, 1, 9] },
    { name: 'a classifier', x: [1, 1, 1, 25], filter: [1, 1, 25, 10] },
  ])('of $name hold every weight once, where its channel is, and zeros', ({ x, filter }) => {
    const shape = shapeOf(x, filter);
    const { kernel, groupIn, groupOut, cin, cout } = shape;
    const grid = panelGridOf(shape);
    expect(grid.depth % DEPTH).toBe(0);
    const values = seededValues(kernel * kernel * groupIn * cout, 1);
    const memory = new ArrayBuffer(64 + grid.panels * grid.panelBytes);
    // What was there before must not matter.
    new Float32Array(memory).fill(NaN);
    packFilter(values, shape, grid, memory, 64);
    for (let o = 0; o < grid.panels * 8; o++) {
      const panel = 64 + Math.floor(o / 8) * grid.panelBytes;
      const [start = -1] = new Int32Array(memory, panel, 1);
      expect(start / 4 + grid.depth).toBeLessThanOrEqual(Math.ceil(cin / 8) * 8);
      for (let tap = 0; tap < kernel * kernel; tap++)
        for (let i = 0; i < grid.depth; i++) {
          const channel = start / 4 + i;
          const inGroup = channel - Math.floor(o / groupOut) * groupIn;
          const connected = o < cout && inGroup >= 0 && inGroup < groupIn;
          const at = (tap * grid.depth + i) * 8 + (o % 8);
          expect(new Float32Array(memory, panel + PANEL_HEADER)[at]).toBe(
            connected ? values[(tap * groupIn + inGroup) * cout + o] : 0,
          );
        }
    }
  });

  test('of a group that is whole panels read no more than the group', () => {
    const grid = panelGridOf(shapeOf([1, 4, 4, 48], [3, 3, 24, 48]));
    expect(grid).toMatchObject({ panels: 6, depth: 24, starts: [0, 0, 0, 24, 24, 24] });
  });
});

test('input offsets name every tap’s pixel, what is outside, and the last pixel again', () => {
  // Two pictures of 3 x 2 pixels of 8 channels, stride 2: 2 x 1 pixels each.
  const shape = shapeOf([2, 3, 2, 5], [3, 3, 5, 5], 2);
  const offsets = inputOffsets(shape, 3, -1);
  const pixelOf = (pixel: number) => {
    const [tile, within] = [Math.floor(pixel / 3), pixel % 3];
    return Array.from({ length: 9 }, (_, tap) => {
      const offset = offsets[(tile * 9 + tap) * 3 + within] ?? NaN;
      return offset < 0 ? null : offset / 32;
    });
  };
  const [top, bottom, secondBottom] = [0, 1, 3].map(pixelOf);
  expect(top).toEqual([null, null, null, null, 0, 1, null, 2, 3]);
  expect(bottom).toEqual([null, 2, 3, null, 4, 5, null, null, null]);
  expect(secondBottom).toEqual([null, 8, 9, null, 10, 11, null, null, null]);
  expect(pixelOf(5)).toEqual(secondBottom);
});

test('tiles are large, and small where a large one would be empty for the most part', () => {
  expect([3136, 784, 196, 49, 7, 1].map((pixels) => bestTile(pixels, 6))).toEqual([
    6, 6, 6, 5, 4, 1,
  ]);
});

test('pixels are padded with zeros and come back as they were', () => {
  const values = seededValues(2 * 3 * 5, 1);
  const memory = new ArrayBuffer(512);
  new Float32Array(memory).fill(NaN);
  packPixels(values, [2, 3, 5], memory, 64);
  expect([...new Float32Array(memory, 64 + 20, 3)]).toEqual([0, 0, 0]);
  expect(unpackPixels(memory, 64, [2, 3, 5])).toEqual(values);
});
