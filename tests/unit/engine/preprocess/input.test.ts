import { describe, expect, test } from 'vitest';
import type { Preprocessing } from '../../../../src/checkpoints/description.ts';
import { geometryOf } from '../../../../src/engine/preprocess/geometry.ts';
import { cropOf, flatten, normalise } from '../../../../src/engine/preprocess/index.ts';

const PREPROCESSING: Preprocessing = {
  resize: 2,
  crop: 2,
  interpolation: 'bicubic',
  channelOrder: 'RGB',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

describe('the crop', () => {
  test('of a picture that already has the right size is the picture', () => {
    const data = Uint8Array.from({ length: 12 }, (_, i) => 21 * i);
    expect(cropOf({ width: 2, height: 2, data }, PREPROCESSING).data).toEqual(data);
  });

  test('of a sliver touches only what it needs', () => {
    // Resized as a whole it would be 2,240,000 pixels long.
    const data = new Uint8Array(10_000 * 3).fill(200);
    const crop = cropOf(
      { width: 10_000, height: 1, data },
      { ...PREPROCESSING, resize: 224, crop: 224 },
    );
    expect(crop.data).toHaveLength(224 * 224 * 3);
    expect(new Set(crop.data)).toEqual(new Set([200]));
  });

  test('larger than the resized picture is refused', () => {
    expect(() => geometryOf(10, 10, { resize: 224, crop: 256 })).toThrow(
      'The crop of 256 px is larger than the resized side of 224 px.',
    );
  });
});

test('transparent pictures are laid on white', () => {
  const rgb = new Uint8Array(12);
  flatten(Uint8Array.of(9, 8, 7, 255, 0, 0, 0, 0, 0, 100, 255, 128, 255, 255, 255, 1), rgb);
  expect([...rgb]).toEqual([9, 8, 7, 255, 255, 255, 127, 177, 255, 255, 255, 255]);
});

describe('normalisation', () => {
  const crop = { width: 1, height: 1, data: Uint8Array.of(255, 0, 51) };
  const red = (1 - 0.485) / 0.229;
  const green = -0.456 / 0.224;
  const blue = (0.2 - 0.406) / 0.225;

  test('is per channel', () => {
    expect(normalise(crop, PREPROCESSING)).toEqual(Float32Array.of(red, green, blue));
  });

  test('comes before the flip to BGR', () => {
    expect(normalise(crop, { ...PREPROCESSING, channelOrder: 'BGR' })).toEqual(
      Float32Array.of(blue, green, red),
    );
  });
});
