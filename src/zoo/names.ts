/** How the code bases write the name of a RegNetX, read from any of their forms. */

const FAMILY = String.raw`(?:regnet)?[\s_-]*x?[\s_-]*`;
/** A checkpoint's or a configuration's addition: `.pycls_in1k`, `_8xb128_in1k`, `_Weights`. */
const TAG = String.raw`(?:[\s._-].*)?`;
/** `400MF`, `RegNetX-1.6G`, `regnet_x_1_6gf`, `RegNetX-8.0GF_dds_8gpu`. */
const BY_SIZE = new RegExp(String.raw`^${FAMILY}(\d+(?:[.,_-]\d+)?)\s*([mg])(?:f|flops?)?${TAG}$`);
/** `regnetx_004`, `regnet-x-004`, `RegNetX004`, `regnetx_004_tv.tv2_in1k`. */
const BY_ID = new RegExp(String.raw`^regnet[\s_-]*x[\s_-]*(\d{3})${TAG}$`);

/**
 * What a name of a RegNetX means, equal for all names of one variant that name it by its size, and
 * for all that name it by timm's number: millions of multiply-adds, such as `400M`, or an id, such
 * as `regnetx_004`. Null for what is no such name. Whose it is, before a slash, does not matter.
 */
export function meaningOf(name: string): string | null {
  const text = name.trim().toLowerCase().replace(/^.*\//, '');
  const [, digits, unit] = BY_SIZE.exec(text) ?? [];
  if (digits !== undefined) {
    const count = Number(digits.replace(/[,_-]/, '.')) * (unit === 'g' ? 1000 : 1);
    return `${Math.round(count)}M`;
  }
  const [, number] = BY_ID.exec(text) ?? [];
  return number === undefined ? null : `regnetx_${number}`;
}

/** A text without what people write in different ways: case and separators. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}
