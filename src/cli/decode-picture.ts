import type { RgbPicture } from '../engine/preprocess/index.ts';
import { decodeWithSharp, loadSharp } from '../engine/preprocess/sharp.ts';

export { whyUndecodable } from '../engine/preprocess/sharp.ts';

const sharp = loadSharp();

/** What decodes, and its version. */
export const DECODER = `sharp ${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;

/** Decodes a picture as the page does. Throws what sharp throws. */
export const decodeBytes = (bytes: Uint8Array): Promise<RgbPicture> =>
  decodeWithSharp(sharp, bytes);
