import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Preprocessing } from '../../../../src/checkpoints/description.ts';
import { cropOf, type RgbPicture } from '../../../../src/engine/preprocess/index.ts';
import { geometryOf } from '../../../../src/engine/preprocess/geometry.ts';
import enlarged from '../../../fixtures/preprocess/enlarged.json' with { type: 'json' };
import index from '../../../fixtures/preprocess/index.json' with { type: 'json' };
import opencv from '../../../fixtures/preprocess/opencv.json' with { type: 'json' };

const IMAGENET: Pick<Preprocessing, 'channelOrder' | 'mean' | 'std'> = {
  channelOrder: 'RGB',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

async function readPng(name: string): Promise<RgbPicture> {
  const file = new URL(`../../../fixtures/preprocess/${name}`, import.meta.url);
  const { data, info } = await sharp(file.pathname)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

describe.each([...index.cases, ...enlarged.cases])('$output', (reference) => {
  const interpolation = reference.interpolation === 'bicubic' ? 'bicubic' : 'bilinear';
  const preprocessing: Preprocessing = { ...IMAGENET, ...reference, interpolation };

  test('has the geometry of torchvision', async () => {
    const { width, height } = await readPng(reference.input);
    const { resizedWidth, resizedHeight, left, top } = geometryOf(width, height, preprocessing);
    expect([resizedWidth, resizedHeight]).toEqual(reference.resized);
    expect([left, top]).toEqual(reference.offset);
  });

  test('equals Pillow in every pixel', async () => {
    expect(await worstOf(reference, preprocessing)).toBe(0);
  });
});

describe.each(opencv.cases)('$output', (reference) => {
  const preprocessing: Preprocessing = {
    ...IMAGENET,
    ...reference,
    interpolation: 'bilinear',
    cropOffset: 'half-up',
  };

  test('has the geometry of pycls', async () => {
    const { width, height } = await readPng(reference.input);
    const { resizedWidth, resizedHeight, left, top } = geometryOf(width, height, preprocessing);
    expect([resizedWidth, resizedHeight]).toEqual(reference.resized);
    expect([left, top]).toEqual(reference.offset);
  });

  test('is within one level of OpenCV', async () => {
    expect(await worstOf(reference, preprocessing)).toBeLessThanOrEqual(1);
  });
});

/** The largest difference of a level between what we cut out and a stored picture. */
async function worstOf(
  { input, output }: { readonly input: string; readonly output: string },
  preprocessing: Preprocessing,
): Promise<number> {
  const expected = await readPng(output);
  const actual = cropOf(await readPng(input), preprocessing);
  expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
  return actual.data.reduce(
    (max, value, i) => Math.max(max, Math.abs(value - (expected.data[i] ?? NaN))),
    0,
  );
}
