import { describe, expect, test } from 'vitest';
import { packTexels, texelGridOf, unpackTexels } from '../../../../src/engine/ops/webgl/texels.ts';

describe('packing two rows by two columns into a texel', () => {
  test('puts zeros past odd edges and starts anew with every matrix', () => {
    // Two matrices of 3 rows and 1 column: 1 2 3 and 4 5 6.
    const texels = packTexels(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3, 1]);
    expect([...texels]).toEqual([1, 0, 2, 0, 3, 0, 0, 0, 4, 0, 5, 0, 6, 0, 0, 0]);
  });

  test('takes a vector for one row', () => {
    expect([...packTexels(Float32Array.of(1, 2, 3), [3])]).toEqual([1, 2, 0, 0, 3, 0, 0, 0]);
    expect(texelGridOf([3])).toMatchObject({ matrices: 1, rows: 1, columns: 3, columnPairs: 2 });
  });

  test.each([[[5]], [[1, 1]], [[3, 4]], [[2, 3, 4, 5]], [[2, 1, 7, 3]]])(
    'round-trips %j',
    (shape) => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1);
      const texels = packTexels(values, shape);
      // A texture is often larger than its tensor, and may hold anything there.
      const texture = new Float32Array(texels.length + 8).fill(NaN);
      texture.set(texels);
      expect(unpackTexels(texture, shape)).toEqual(values);
    },
  );
});
