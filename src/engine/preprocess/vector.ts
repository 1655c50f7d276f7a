/** SVG pictures become pixels. Pages only: workers have no element that draws one. */
import { EngineError } from '../../threads/errors.ts';
import { decodeXml, isSvg, sized, type SizedSvg } from './svg.ts';

/** More than drawings have; what is larger keeps the page busy for too long. */
const MOST_BYTES = 20_000_000;
/** A drawing may be a program of its own kind. */
const PATIENCE_MS = 10_000;
const SUGGESTION = 'Save it as PNG and try again.';
const DAMAGED = `This SVG file is damaged, or this browser cannot draw it. ${SUGGESTION}`;

/**
 * A picture as it is, or an SVG as PNG, drawn by the browser through an img element: no script in it
 * runs, and nothing outside of it is loaded. Throws an EngineError (`picture`) for an SVG that cannot
 * be drawn.
 */
export async function rasterised(picture: Blob): Promise<Blob> {
  const named = picture.type.startsWith('image/svg');
  const head = new Uint8Array(await picture.slice(0, 8192).arrayBuffer().catch(unreadable));
  if (!isSvg(head) && !(named && head.length > 0)) return picture;
  if (picture.size > MOST_BYTES)
    throw new EngineError('picture', `This SVG file is too large to draw. ${SUGGESTION}`);
  const bytes = new Uint8Array(await picture.arrayBuffer().catch(unreadable));
  const { source, width, height } = withSize(decodeXml(bytes));
  const url = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  try {
    return await drawn(url, width, height);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The document with a size, or a sentence on why it has none. */
function withSize(text: string): SizedSvg {
  const document = sized(text);
  if (document === 'damaged') throw new EngineError('picture', DAMAGED);
  if (document === 'empty')
    throw new EngineError('picture', 'This SVG picture has no pixels. Choose another picture.');
  return document;
}

async function drawn(url: string, width: number, height: number): Promise<Blob> {
  const image = new Image(width, height);
  image.src = url;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('Drawing took too long.'));
    }, PATIENCE_MS);
  });
  try {
    await Promise.race([loaded(image), late]);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, width, height);
    const png = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (context && png) return png;
    throw new Error('There is no canvas.');
  } catch (cause) {
    throw new EngineError('picture', DAMAGED, { cause });
  } finally {
    clearTimeout(timer);
  }
}

function loaded(image: HTMLImageElement): Promise<void> {
  return new Promise((resolve, reject) => {
    image.onload = () => {
      resolve();
    };
    image.onerror = () => {
      reject(new Error('The browser refuses it.'));
    };
  });
}

function unreadable(cause: unknown): never {
  throw new EngineError(
    'picture',
    'This file could not be read; it may be a folder, or have been moved or changed. Choose it again.',
    { cause },
  );
}
