/** What a picture file is, told from its first bytes. */
import { isSvg } from './svg.ts';

export interface PictureKind {
  readonly name: string;
  /** Whether all current browsers decode it: then a file that none decodes is damaged. */
  readonly common: boolean;
}

/** `....ftyp` and a brand: the container of HEIC, AVIF and films. */
const BRANDS: Readonly<Record<string, string>> = {
  heic: 'HEIC',
  heix: 'HEIC',
  heim: 'HEIC',
  heis: 'HEIC',
  hevc: 'HEIC',
  hevx: 'HEIC',
  mif1: 'HEIF',
  msf1: 'HEIF',
  avif: 'AVIF',
  avis: 'AVIF',
  'crx ': 'Canon CR3',
};

/** First bytes as text, one character a byte. */
const SIGNATURES: readonly (readonly [start: RegExp, name: string, common: boolean])[] = [
  [/^\xff\xd8\xff/, 'JPEG', true],
  [/^\x89PNG\r\n/, 'PNG', true],
  [/^GIF8[79]a/, 'GIF', true],
  [/^RIFF[^]{4}WEBP/, 'WebP', true],
  [/^BM[^]{4}\0\0\0\0/, 'BMP', true],
  [/^\0\0\x01\0/, 'icon', true],
  [/^(II[*+]\0|MM\0[*+]|IIRO|IIU\0)/, 'TIFF or camera raw', false],
  [/^FUJIFILM/, 'camera raw', false],
  [/^(\xff\x0a|\0\0\0\x0cJXL )/, 'JPEG XL', false],
  [/^(\0\0\0\x0cjP|\xff\x4f\xff\x51)/, 'JPEG 2000', false],
  [/^8BPS/, 'Photoshop', false],
  [/^gimp xcf/, 'GIMP', false],
  [/^v\/1\x01/, 'OpenEXR', false],
  [/^#\?(RADIANCE|RGBE)/, 'Radiance HDR', false],
  [/^DDS /, 'DDS', false],
  [/^P[1-7]\s/, 'Netpbm', false],
  [/^%PDF-/, 'PDF', false],
];

/** The kind of a picture, or null for what is none that anybody knows. */
export function kindOfPicture(bytes: Uint8Array): PictureKind | null {
  const head = Array.from(bytes.subarray(0, 64), (byte) => String.fromCharCode(byte)).join('');
  if (isSvg(bytes)) return { name: 'SVG', common: true };
  const brand = /^[^]{4}ftyp(.{4})/.exec(head)?.[1];
  if (brand !== undefined) {
    // A brand of its own may stand behind the general one.
    const all = [brand, ...(head.slice(16).match(/[^]{4}/g) ?? [])];
    const known = all.find((one) => BRANDS[one] !== undefined && !['mif1', 'msf1'].includes(one));
    const name = BRANDS[known ?? brand];
    return { name: name ?? 'film', common: false };
  }
  const found = SIGNATURES.find(([start]) => start.test(head));
  return found ? { name: found[1], common: found[2] } : null;
}
