import { describe, expect, test } from 'vitest';
import type { FilterShape, MapShape } from '../../../../../src/engine/backend.ts';
import { filterGridOf } from '../../../../../src/engine/backends/blocks.ts';
import {
  bestTile,
  packFilter,
  packTiles,
  tileGridOf,
  unpackTiles,
} from '../../../../../src/engine/backends/webgl/tiles.ts';

describe('tiles of neighbouring pixels, four channels a texel', () => {
  test('put the pixels of a tile into layers, and zeros past the edge', () => {
    // One row of three pixels with one channel, in tiles of two: pixels 1 and 3, then pixel 2.
    const texels = packTiles(Float32Array.of(1, 2, 3), tileGridOf([1, 1, 3, 1], 2));
    const [layer0, layer1] = [texels.subarray(0, 8), texels.subarray(8)];
    expect([...layer0]).toEqual([1, 0, 0, 0, 3, 0, 0, 0]);
    expect([...layer1]).toEqual([2, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('take a vector for a map of one pixel, which has one layer', () => {
    expect(tileGridOf([1, 1, 1, 5], 7)).toMatchObject({ width: 1, tile: 1, tiles: 1, blocks: 2 });
    expect([...packTiles(Float32Array.of(1, 2, 3, 4, 5), tileGridOf([1, 1, 1, 5], 7))]).toEqual([
      ...[1, 2, 3, 4],
      ...[5, 0, 0, 0],
    ]);
  });

  test.each<[MapShape]>([[[1, 1, 1, 5]], [[1, 1, 3, 4]], [[2, 3, 4, 5]], [[2, 1, 9, 3]]])(
    'round-trip %j',
    (shape) => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1);
      const grid = tileGridOf(shape, 4);
      expect(unpackTiles(packTiles(values, grid), grid)).toEqual(values);
    },
  );
});

describe('groups of a filter', () => {
  test.each([
    [3, 24, 24, { groups: 3, blocksIn: 2, blocksOut: 2 }],
    [4, 24, 24, { groups: 2, blocksIn: 3, blocksOut: 3 }],
    [3, 15, 15, { groups: 1, blocksIn: 4, blocksOut: 4 }],
    [1, 3, 32, { groups: 1, blocksIn: 1, blocksOut: 8 }],
  ])(
    '%i of %i to %i channels stay alone when they fill blocks of four, else go together',
    (groups, cin, cout, grid) => {
      expect(filterGridOf({ kernel: 3, groups, cin, cout })).toEqual(grid);
    },
  );

  test('become matrices, one input channel a layer', () => {
    // Two groups of two channels: one block. Output o reads inputs of its own group only.
    const shape: FilterShape = { kernel: 1, groups: 2, cin: 4, cout: 4 };
    const weights = Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8);
    const texels = packFilter(weights, shape, filterGridOf(shape));
    expect([...texels]).toEqual([
      ...[1, 2, 0, 0],
      ...[5, 6, 0, 0],
      ...[0, 0, 3, 4],
      ...[0, 0, 7, 8],
    ]);
  });
});

test('the tile is the one that divides the maps, as large as the GPU has targets', () => {
  expect(bestTile([112, 56, 28, 14, 7], 8)).toBe(7);
  expect(bestTile([64, 32, 16, 8], 8)).toBe(8);
  expect(bestTile([112, 56, 28, 14, 7], 4)).toBe(4);
});
