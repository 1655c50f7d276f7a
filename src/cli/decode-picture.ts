import sharp from 'sharp';
import type { RgbPicture } from '../engine/preprocess/index.ts';

/** What decodes, and its version. */
export const DECODER = `sharp ${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;

/**
 * Decodes a picture as the page does: upright, on white, colours as they stand in the file (Pillow
 * does not apply profiles either). Throws what sharp throws.
 */
export async function decodeBytes(bytes: Uint8Array): Promise<RgbPicture> {
  const { data, info } = await sharp(bytes, { ignoreIcc: true })
    .autoOrient()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3) return { width, height, data: new Uint8Array(data) };
  throw new Error(`it has ${channels} channels`);
}

/** sharp's several lines as half a sentence. */
export function whyUndecodable(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return reason.trim().replaceAll(/\s*\n\s*/g, '; ');
}
