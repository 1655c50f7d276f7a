/** Picture files in Node, which has no decoder of its own: sharp's, where it is installed. */
import { EngineError } from '../../threads/errors.ts';
import type { RgbPicture } from './resample.ts';

type Sharp = (typeof import('sharp'))['default'];

/**
 * Gets sharp by `require`, which no bundler follows: pages have a decoder. Throws an EngineError
 * (`code`) where it is not installed.
 */
export function loadSharp(): Sharp {
  const { createRequire } = process.getBuiltinModule('node:module');
  try {
    return createRequire(import.meta.url)('sharp') as Sharp;
  } catch (cause) {
    throw new EngineError(
      'code',
      'Picture files are decoded by sharp here, which is not installed: run `npm install sharp`, or give pixels.',
      { cause },
    );
  }
}

/**
 * Decodes a picture as a page does: upright, on white, colours as they stand in the file (Pillow does
 * not apply profiles either). Throws what sharp throws.
 */
export async function decodeWithSharp(sharp: Sharp, bytes: Uint8Array): Promise<RgbPicture> {
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
