/** What a JPEG keeps of a picture, by the browser's own encoder. */
import { EngineError } from '../../threads/errors.ts';
import { decodePicture, makeCanvasContext } from './decode.ts';
import { opaque, type RgbPicture } from './index.ts';

/**
 * The picture saved as a JPEG of a quality from 0 to 1, and read again. Throws an EngineError
 * (`picture`) where the browser makes no JPEG of it.
 */
export async function asJpeg(picture: RgbPicture, quality: number): Promise<RgbPicture> {
  const { width, height, data } = opaque(picture);
  const context = makeCanvasContext(width, height);
  context?.putImageData(new ImageData(data, width, height), 0, 0);
  const blob = context && (await encoded(context.canvas, quality));
  if (blob?.type === 'image/jpeg') return decodePicture(blob);
  throw new EngineError('picture', 'This browser makes no JPEG of this picture.');
}

function encoded(canvas: HTMLCanvasElement | OffscreenCanvas, quality: number) {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality });
  return new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality);
  });
}
