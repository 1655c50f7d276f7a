/** From a picture to the network's input, as torchvision and Pillow would do it, or OpenCV. */
import type { Preprocessing } from '../../checkpoints/description.ts';
import { geometryOf } from './geometry.ts';
import { resampleCrop, type RgbPicture } from './resample.ts';

export type { RgbPicture } from './resample.ts';

/** 8-bit RGBA of full opacity, as ImageData wants it. */
export interface OpaquePicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A picture with full opacity. */
export function opaque({ width, height, data }: RgbPicture): OpaquePicture {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++)
    rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return { width, height, data: rgba };
}

/**
 * Drops the opacity of 8-bit RGBA (not premultiplied) by laying it on white: what a page shows, and
 * what cut-out pictures are mostly made for. (Pillow's `convert('RGB')` shows whatever colour hides
 * under transparent pixels, often black; opaque pictures are the same either way.) Writes into
 * `rgb`, three bytes for each four of `rgba`.
 */
export function flatten(rgba: Uint8ClampedArray | Uint8Array, rgb: Uint8Array): void {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const opacity = (rgba[from + 3] ?? 0) / 255;
    const white = 255 * (1 - opacity) + 0.5;
    rgb[to] = (rgba[from] ?? 0) * opacity + white;
    rgb[to + 1] = (rgba[from + 1] ?? 0) * opacity + white;
    rgb[to + 2] = (rgba[from + 2] ?? 0) * opacity + white;
  }
}

/** Cuts out what the network sees: shorter side to `resize`, centre square of `crop`. */
export function cropOf(picture: RgbPicture, preprocessing: Preprocessing): RgbPicture {
  const geometry = geometryOf(picture.width, picture.height, preprocessing);
  return resampleCrop(picture, geometry, preprocessing);
}

/**
 * The network's input, height x width x 3, from a crop: scaled to 0 to 1, normalised in RGB order,
 * then flipped if the checkpoint wants BGR (pycls normalises first, too).
 */
export function normalise(
  { data }: RgbPicture,
  { mean, std, channelOrder }: Preprocessing,
): Float32Array<ArrayBuffer> {
  const input = new Float32Array(data.length);
  const [red, green, blue] = channelOrder === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  for (let pixel = 0; pixel < data.length; pixel += 3) {
    input[pixel + red] = ((data[pixel] ?? 0) / 255 - mean[0]) / std[0];
    input[pixel + green] = ((data[pixel + 1] ?? 0) / 255 - mean[1]) / std[1];
    input[pixel + blue] = ((data[pixel + 2] ?? 0) / 255 - mean[2]) / std[2];
  }
  return input;
}
