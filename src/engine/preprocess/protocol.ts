/** One picture under another protocol than the checkpoint's: what the laboratory compares. */
import type { Preprocessing } from '../../checkpoints/description.ts';
import { cropOf, type RgbPicture } from './index.ts';
import { asJpeg } from './jpeg.ts';
import { resampleCrop } from './resample.ts';

/** How a picture becomes the network's input, mistakes included. */
export interface Protocol {
  readonly preprocessing: Preprocessing;
  /** The whole picture is pressed into the square; nothing is cut off. */
  readonly squash?: boolean;
  /** The picture is first saved as a JPEG of this quality, 0 to 1, by the browser. */
  readonly jpegQuality?: number;
}

/** The square that the network sees under a protocol. */
export async function cropUnder(
  picture: RgbPicture,
  { preprocessing, squash = false, jpegQuality }: Protocol,
): Promise<RgbPicture> {
  const source = jpegQuality === undefined ? picture : await asJpeg(picture, jpegQuality);
  if (!squash) return cropOf(source, preprocessing);
  const { crop } = preprocessing;
  const whole = { resizedWidth: crop, resizedHeight: crop, left: 0, top: 0, crop };
  return resampleCrop(source, whole, preprocessing);
}
