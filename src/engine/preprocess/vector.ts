/** SVG pictures become pixels. Pages only: workers have no element that draws one. */
import { EngineError } from '../errors.ts';
import { isSvg } from './kind.ts';

/** The longer side in pixels at most; networks look at some hundred pixels of it. */
const MOST_PIXELS = 2048;
/** The shorter side in pixels, where the longer one allows it. */
const SHORTER = 640;
/** More than drawings have; what is larger keeps the page busy for too long. */
const MOST_BYTES = 20_000_000;
/** A drawing may be a program of its own kind. */
const PATIENCE_MS = 10_000;
/** What a browser takes for an SVG without any size. */
const DEFAULT_SIZE = { width: 300, height: 150 };

const SUGGESTION = 'Save it as PNG and try again.';

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
  const { source, width, height } = sized(await picture.text().catch(unreadable));
  const url = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  try {
    return await drawn(url, width, height);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The document with its size in pixels written down, which not every browser works out by itself. */
function sized(text: string): { source: string; width: number; height: number } {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg' || root.querySelector('parsererror'))
    throw new EngineError(
      'picture',
      `This SVG file is damaged: it is no well-formed XML. ${SUGGESTION}`,
    );
  const box = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , boxWidth = NaN, boxHeight = NaN] = box;
  const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : NaN;
  const given = { width: pixels(root, 'width'), height: pixels(root, 'height') };
  if (given.width === 0 || given.height === 0)
    throw new EngineError('picture', 'This SVG picture has no pixels. Choose another picture.');
  const width =
    given.width ?? (given.height !== null && ratio > 0 ? given.height * ratio : boxWidth);
  const height =
    given.height ?? (given.width !== null && ratio > 0 ? given.width / ratio : boxHeight);
  const natural = width > 0 && height > 0 ? { width, height } : DEFAULT_SIZE;
  const scale = Math.min(
    SHORTER / Math.min(natural.width, natural.height),
    MOST_PIXELS / Math.max(natural.width, natural.height),
  );
  const size = {
    width: Math.max(1, Math.round(natural.width * scale)),
    height: Math.max(1, Math.round(natural.height * scale)),
  };
  if (!(ratio > 0)) root.setAttribute('viewBox', `0 0 ${natural.width} ${natural.height}`);
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  return { source: new XMLSerializer().serializeToString(root), ...size };
}

/** Pixels in CSS's absolute units. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  em: 16,
  rem: 16,
  ex: 8,
};

/** A length of the root element in pixels; null where there is none, or it depends on the page. */
function pixels(root: Element, name: 'width' | 'height'): number | null {
  const [, number, unit = ''] =
    /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(root.getAttribute(name) ?? '') ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return number === undefined || factor === undefined ? null : Number(number) * factor;
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
    throw new EngineError('picture', `This browser cannot draw this SVG file. ${SUGGESTION}`, {
      cause,
    });
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
