import { expect, test } from 'vitest';
import { openWebgl } from '../../src/engine/backends/webgl/index.ts';
import { testOperations } from './operations.ts';

testOperations('WebGL', () => openWebgl({}));

test('a map too large for a texture is refused', () => {
  const webgl = openWebgl({});
  expect(() => webgl.upload(new Float32Array(80_000), [1, 20_000, 1, 4])).toThrow(
    '1 × 20,000 texels, and this graphics processor allows',
  );
  webgl.dispose();
});
