/** Whatever shows a picture, as what the engine looks at. */
import { pixelsOf } from '../engine/preprocess/decode.ts';
import { flatten, type RgbPicture } from '../engine/preprocess/index.ts';
import { decodeWithSharp, loadSharp, whyUndecodable } from '../engine/preprocess/sharp.ts';
import type { Picture } from '../engine/types.ts';
import { EngineError } from '../threads/errors.ts';

/** Decoded pixels, row by row: 8-bit RGB or RGBA (not premultiplied), as the length tells. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture file; anything that a page shows a picture with; or pixels, of which an ImageData is one
 * kind. Of a video it is the frame that is shown.
 */
export type Input =
  | Blob
  | Pixels
  | ImageBitmap
  | HTMLImageElement
  | HTMLCanvasElement
  | HTMLVideoElement
  | OffscreenCanvas;

/**
 * What the engine takes. Throws an EngineError with code `picture` for what has no pixels, or whose
 * pixels another site keeps to itself.
 */
export async function pictureOf(input: Input): Promise<Picture> {
  if (input instanceof Blob) return fileOf(input);
  if ('data' in input) return rgbOf(input);
  if (isDrawable(input)) return drawn(input);
  throw new EngineError(
    'picture',
    'This is no picture: give a Blob, ImageData, ImageBitmap, img, canvas or video element, or { data, width, height }.',
  );
}

/** Browsers decode files by themselves. */
async function fileOf(file: Blob): Promise<Picture> {
  if (typeof createImageBitmap === 'function') return file;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sharp = loadSharp();
  try {
    return await decodeWithSharp(sharp, bytes);
  } catch (cause) {
    const why = whyUndecodable(cause);
    throw new EngineError('picture', `This file cannot be read as a picture: ${why}.`, { cause });
  }
}

function rgbOf({ data, width, height }: Pixels): RgbPicture {
  const pixels = width * height;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
    throw new EngineError('picture', `${width} x ${height} pixels are no picture.`);
  if (data.length === 3 * pixels) return { width, height, data: new Uint8Array(data) };
  if (data.length !== 4 * pixels)
    throw new EngineError(
      'picture',
      `${width} x ${height} pixels are ${3 * pixels} bytes of RGB or ${4 * pixels} of RGBA, not ${data.length}.`,
    );
  const rgb = new Uint8Array(3 * pixels);
  flatten(data, rgb);
  return { width, height, data: rgb };
}

type Drawable = Exclude<Input, Blob | Pixels>;

/** Workers and Node lack most of the classes. */
function isDrawable(input: Drawable): boolean {
  const classes = [
    'ImageBitmap',
    'HTMLImageElement',
    'HTMLCanvasElement',
    'HTMLVideoElement',
    'OffscreenCanvas',
  ];
  return classes.includes(Object.prototype.toString.call(input).slice('[object '.length, -1));
}

async function drawn(input: Drawable): Promise<RgbPicture> {
  let bitmap: ImageBitmap;
  try {
    if ('decode' in input) await input.decode();
    bitmap = await createImageBitmap(input);
  } catch (cause) {
    throw new EngineError(
      'picture',
      'This element shows no picture yet, or one that could not be loaded: wait until it is there.',
      { cause },
    );
  }
  try {
    return pixelsOf(bitmap);
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'SecurityError')) throw cause;
    throw new EngineError(
      'picture',
      'This picture is of another site, which does not let this page read its pixels: load it with crossorigin="anonymous" from a host that allows it.',
      { cause },
    );
  } finally {
    bitmap.close();
  }
}
