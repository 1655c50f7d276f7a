/** Decoding pictures with the browser's own decoder. */
import { describe, expect, test } from 'vitest';
import { decodePicture } from '../../src/engine/preprocess/decode.ts';

type Paint = (context: OffscreenCanvasRenderingContext2D) => void;

function pictureFile(width: number, height: number, paint: Paint, type = 'image/png') {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  paint(context);
  return canvas.convertToBlob({ type, quality: 1 });
}

/** Puts an EXIF block that holds nothing but an orientation into a JPEG. */
async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const exif = [
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00], // APP1, 34 bytes, "Exif"
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01], // big-endian TIFF, one entry
    ...[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00],
  ];
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  return new Blob([bytes.slice(0, 2), Uint8Array.from(exif), bytes.slice(2)]);
}

/** The 33 bytes with which a PNG of that size begins; the pixels are missing. */
function pngHeader(width: number, height: number): Blob {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 2, 0, 0, 0], 24);
  return new Blob([bytes], { type: 'image/png' });
}

describe('pixels', () => {
  test('arrive unchanged, in every band of a tall picture', async () => {
    const file = await pictureFile(3, 1300, (context) => {
      for (let y = 0; y < 1300; y++) {
        context.fillStyle = `rgb(${y % 256} ${y >> 8} 77)`;
        context.fillRect(0, y, 3, 1);
      }
    });
    const { width, height, data } = await decodePicture(file);
    expect([width, height]).toEqual([3, 1300]);
    for (const y of [0, 511, 512, 1023, 1024, 1299])
      expect([...data.slice(y * 9, y * 9 + 3)]).toEqual([y % 256, y >> 8, 77]);
  });

  test('that are transparent turn white', async () => {
    const file = await pictureFile(2, 600, (context) => {
      context.fillStyle = 'rgb(200 0 0)';
      context.fillRect(0, 0, 1, 600);
    });
    const { data } = await decodePicture(file);
    expect([...data.slice(0, 6)]).toEqual([200, 0, 0, 255, 255, 255]);
    expect([...data.slice(-6)]).toEqual([200, 0, 0, 255, 255, 255]);
  });

  test('keep their values under a colour profile, as Pillow keeps them', async () => {
    const response = await fetch(new URL('../fixtures/preprocess/display-p3.png', import.meta.url));
    const { data } = await decodePicture(await response.blob());
    // rgb(200 30 60) of sRGB, stored in Display P3.
    expect([...data.slice(0, 3)]).toEqual([184, 50, 64]);
  });

  test('stand upright as the EXIF orientation says', async () => {
    const paint: Paint = (context) => {
      context.fillStyle = 'rgb(255 0 0)';
      context.fillRect(0, 0, 32, 16);
      context.fillStyle = 'rgb(0 0 255)';
      context.fillRect(16, 0, 16, 16);
    };
    // 6: the camera was turned; what is left in the file is the top of the scene.
    const file = await withOrientation(await pictureFile(32, 16, paint, 'image/jpeg'), 6);
    const { width, height, data } = await decodePicture(file);
    expect([width, height]).toEqual([16, 32]);
    expect(data[0]).toBeGreaterThan(200);
    expect(data.at(-1)).toBeGreaterThan(200);
    expect(data.at(-3)).toBeLessThan(50);
  });
});

describe('a sentence tells what is wrong with', () => {
  const cases: [string, Blob, RegExp][] = [
    ['an empty file', new Blob([]), /^This file is empty\. Choose a JPEG/],
    ['text', new Blob(['Not a picture at all.']), /^This file is not a picture\. Choose a JPEG/],
    ['a picture without end', pngHeader(64, 64), /^This PNG file is damaged, or this browser/],
    ['a side of 12,000 px', pngHeader(12_000, 16), /measures 12,000 × 16 pixels.*Scale it down/],
    ['64 million pixels', pngHeader(8000, 8000), /measures 8,000 × 8,000 pixels.*Scale it down/],
    ['a picture of no width', pngHeader(0, 5), /^This picture has no pixels\./],
  ];

  test.each(cases)('%s', async (_name, file, sentence) => {
    await expect(decodePicture(file)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'picture',
      message: expect.stringMatching(sentence) as string,
    });
  });
});
