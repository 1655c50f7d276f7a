import { imageSize } from 'image-size';
import { EngineError } from '../../threads/errors.ts';
import { flatten, type RgbPicture } from './index.ts';
import { kindOfPicture, type PictureKind } from './kind.ts';

/** Beyond what cameras deliver and close to what browsers decode at all (Safari: 16,384). */
export const MAX_SIDE = 10_000;
/** A telephone's largest photograph; decoded it takes 200 MB, about what a tab may ask for at once. */
export const MAX_PIXELS = 50_000_000;
/** No photograph of MAX_PIXELS is larger as a file; guards against reading a film by mistake. */
const MAX_BYTES = 200_000_000;
/** Rows read at a time: keeps the canvas small, which iOS limits to 16.7 million pixels. */
const BAND = 512;

const SUGGESTION = 'Choose a JPEG, PNG, WebP, GIF or AVIF file.';

/** Throws an EngineError if the file's header does not promise a picture of a sensible size. */
function checkHeader(bytes: Uint8Array): PictureKind {
  const kind = kindOfPicture(bytes);
  let header: { width: number; height: number; type?: string };
  try {
    header = imageSize(bytes);
  } catch (cause) {
    // The browser may know better than the header's reader.
    if (kind) return kind;
    throw new EngineError('picture', `This file is not a picture. ${SUGGESTION}`, { cause });
  }
  const { width, height, type = 'picture' } = header;
  checkSize(width, height);
  return kind ?? { name: type.toUpperCase(), common: false };
}

function undecodable({ name, common }: PictureKind): string {
  if (name === 'SVG') return 'Drawings (SVG) are not supported here. Save it as PNG and try again.';
  return common
    ? `This ${name} file is damaged, or this browser cannot decode it. Save it anew as JPEG or PNG and try again.`
    : `This browser cannot decode ${name} files. Save it as JPEG or PNG and try again.`;
}

function checkSize(width: number, height: number): void {
  if (!(width >= 1 && height >= 1))
    throw new EngineError('picture', `This picture has no pixels. ${SUGGESTION}`);
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return;
  const [w, h, side] = [width, height, MAX_SIDE].map((n) => n.toLocaleString('en'));
  throw new EngineError(
    'picture',
    `This picture measures ${w} × ${h} pixels, more than fits into a page’s memory (${side} a side, ` +
      `${MAX_PIXELS / 1e6} million in all). Scale it down and try again.`,
  );
}

/** Whether this thread has the canvas that pictures are decoded with. */
export function decodes(): boolean {
  return makeCanvasContext(1, 1) !== null;
}

/** A canvas to read pixels from; null where the browser offers none. */
export function makeCanvasContext(
  width: number,
  height: number,
): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null {
  const settings: CanvasRenderingContext2DSettings = { willReadFrequently: true };
  if (typeof OffscreenCanvas !== 'undefined')
    return new OffscreenCanvas(width, height).getContext('2d', settings);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d', settings);
}

/**
 * Reads a decoded picture's pixels, band by band, onto white. Throws an EngineError (`picture`) when
 * they are too many.
 */
export function pixelsOf(bitmap: ImageBitmap): RgbPicture {
  const { width, height } = bitmap;
  checkSize(width, height);
  const data = new Uint8Array(width * height * 3);
  const context = makeCanvasContext(width, Math.min(height, BAND));
  if (!context)
    throw new EngineError('internal', 'This browser offers no canvas to read pictures.');
  for (let top = 0; top < height; top += BAND) {
    const rows = Math.min(BAND, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    const band = context.getImageData(0, 0, width, rows).data;
    flatten(band, data.subarray(top * width * 3, (top + rows) * width * 3));
  }
  return { width, height, data };
}

/**
 * Decodes a picture file with the browser's own decoder, upright as its EXIF orientation says. The
 * file's colour profile is not applied: Pillow, with which networks are trained and measured, does
 * not apply it either. Runs in a page or a worker. Throws an EngineError with code `picture` when
 * the file is empty, too large (checked before anything is decoded) or no picture.
 */
export async function decodePicture(file: Blob): Promise<RgbPicture> {
  if (file.size === 0) throw new EngineError('picture', `This file is empty. ${SUGGESTION}`);
  if (file.size > MAX_BYTES)
    throw new EngineError('picture', `This file is too large for a picture. ${SUGGESTION}`);
  const kind = checkHeader(new Uint8Array(await file.arrayBuffer()));
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
    });
  } catch (cause) {
    throw new EngineError('picture', undecodable(kind), { cause });
  }
  try {
    return pixelsOf(bitmap);
  } finally {
    bitmap.close();
  }
}
