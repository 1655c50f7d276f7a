/** The size of an SVG document, read and written in its text: nothing of it is built for that. */

/** What XML allows before the root element. */
const PROLOG = /^\s*(?:<\?[^]*?\?>\s*|<!--[^]*?-->\s*|<!DOCTYPE[^[>]*(?:\[[^]*?\]\s*)?>\s*)*/i;
const ROOT = /^<(?:[\w-]+:)?svg(?=[\s/>])/;
const ROOT_TAG = /^<(?:[\w-]+:)?svg(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?>/;
/** As much as stands before the root element at most, where it is only asked for. */
const HEAD_BYTES = 8192;

/** The longer side in pixels at most; networks look at some hundred pixels of it. */
const LONGER = 2048;
/** The shorter side in pixels, where the longer one allows it. */
const SHORTER = 640;
/** What a browser takes for an SVG without any size. */
const DEFAULT_SIZE = { width: 300, height: 150 };

/** Whether bytes are an SVG document: an `svg` element first, behind whatever XML allows before it. */
export function isSvg(bytes: Uint8Array): boolean {
  const text = decodeXml(bytes.subarray(0, HEAD_BYTES));
  return ROOT.test(text.replace(PROLOG, ''));
}

/** XML as text, by its byte order mark, else by the encoding that it names, else as UTF-8. */
export function decodeXml(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const head = new TextDecoder().decode(bytes.subarray(0, 200));
  const named = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

export interface SizedSvg {
  /** The document with its size in pixels written down, which not every browser works out by itself. */
  readonly source: string;
  readonly width: number;
  readonly height: number;
}

/** Gives a document a size in pixels that suits a network; says when its root has no end, or no area. */
export function sized(text: string): SizedSvg | 'damaged' | 'empty' {
  const prolog = PROLOG.exec(text)?.[0] ?? '';
  const tag = ROOT_TAG.exec(text.slice(prolog.length))?.[0];
  if (tag === undefined) return 'damaged';
  const natural = naturalSize(attributesOf(tag));
  if (!natural) return 'empty';
  const scale = Math.min(
    SHORTER / Math.min(natural.width, natural.height),
    LONGER / Math.max(natural.width, natural.height),
  );
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const size = { width: side(natural.width), height: side(natural.height) };
  const box = natural.boxed ? '' : ` viewBox="0 0 ${natural.width} ${natural.height}"`;
  const dropped = natural.boxed ? /\s(?:width|height)\s*=\s*("[^"]*"|'[^']*')/g : DROPPED;
  const rewritten = tag
    .replaceAll(dropped, '')
    .replace(ROOT, (start) => `${start} width="${size.width}" height="${size.height}"${box}`);
  // It is UTF-8 now, whatever the declaration said.
  const before = prolog.replace(/^\s*<\?xml[^]*?\?>\s*/, '');
  return { source: before + rewritten + text.slice(prolog.length + tag.length), ...size };
}

const DROPPED = /\s(?:width|height|viewBox)\s*=\s*("[^"]*"|'[^']*')/g;

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const pairs = tag.matchAll(/\s([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...pairs].map(([, name = '', double, single]) => [name, double ?? single ?? '']));
}

/** The size that a document asks for, in pixels; null when it has no area. */
function naturalSize(attributes: ReadonlyMap<string, string>) {
  const box = (attributes.get('viewBox') ?? '').trim().split(/[\s,]+/);
  const [, , boxWidth = NaN, boxHeight = NaN] = box.map(Number);
  const boxed = boxWidth > 0 && boxHeight > 0;
  const ratio = boxed ? boxWidth / boxHeight : NaN;
  const [width, height] = ['width', 'height'].map((name) => pixels(attributes.get(name)));
  if (width === 0 || height === 0 || boxWidth === 0 || boxHeight === 0) return null;
  const size = {
    width: width ?? (height === undefined ? boxWidth : height * ratio),
    height: height ?? (width === undefined ? boxHeight : width / ratio),
  };
  return { boxed, ...(size.width > 0 && size.height > 0 ? size : DEFAULT_SIZE) };
}

/** Pixels in CSS's absolute units; those of a font as browsers have it by default. */
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

/** A length in pixels; undefined where there is none, or it depends on the page. */
function pixels(length = ''): number | undefined {
  const [, number, unit = ''] =
    /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(length) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
