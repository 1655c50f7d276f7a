import type { Picture } from './picture.ts';

/** Pixels a unit of the drawing: sharp on dense screens and in slides. */
const SCALE = 2;

/** A picture drawn into pixels by the browser. Rejects where it cannot hold a picture that large. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image(width, height);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * SCALE);
    canvas.height = Math.ceil(height * SCALE);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The browser could not draw a picture of this size.'));
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
