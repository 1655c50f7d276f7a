import { describe, expect, test } from 'vitest';
import type { FilterShape, MapShape } from '../../../../../src/engine/backend.ts';
import { DEPTH, PANEL_HEADER } from '../../../../../src/engine/backends/wasm/kernels.ts';
import {
  bestTile,
  inputOffsets,
  packFilter,
  packPixels,
  panelGridOf,
  unpackPixels,
} from '../../../../../src/engine/backends/wasm/packing.ts';
import { convShapeOf } from '../../../../../src/engine/shapes.ts';
import { seededValues } from '../../../../seeded.ts';

describe('panels', () => {
  test.each<FilterShape & { name: string }>([
    { name: 'the family’s groups', kernel: 3, cin: 48, cout: 48, groups: 2 },
    { name: 'the stem', kernel: 3, cin: 3, cout: 32, groups: 1 },
    { name: 'odd groups', kernel: 3, cin: 35, cout: 35, groups: 7 },
    { name: 'one channel a group', kernel: 3, cin: 9, cout: 9, groups: 9 },
    { name: 'a classifier', kernel: 1, cin: 25, cout: 10, groups: 1 },
  ])('of $name hold every weight once, where its channel is, and zeros', (shape) => {
    const { kernel, groups, cin, cout } = shape;
    const [groupIn, groupOut] = [cin / groups, cout / groups];
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
            connected ? values[(o * groupIn + inGroup) * kernel * kernel + tap] : 0,
          );
        }
    }
  });

  test('of a group that is whole panels read no more than the group', () => {
    const grid = panelGridOf({ kernel: 3, cin: 48, cout: 48, groups: 2 });
    expect(grid).toMatchObject({ panels: 6, depth: 24, starts: [0, 0, 0, 24, 24, 24] });
  });
});

test('input offsets name every tap’s pixel, what is outside, and the last pixel again', () => {
  // Two pictures of 3 x 2 pixels of 8 channels, stride 2: 2 x 1 pixels each.
  const filter = { shape: { kernel: 3, cin: 5, cout: 5, groups: 1 } };
  const shape = convShapeOf({ shape: [2, 3, 2, 5] }, filter, { stride: 2 });
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
  const shape: MapShape = [1, 2, 3, 5];
  packPixels(values, shape, memory, 64);
  expect([...new Float32Array(memory, 64 + 20, 3)]).toEqual([0, 0, 0]);
  expect(unpackPixels(memory, 64, shape)).toEqual(values);
});
