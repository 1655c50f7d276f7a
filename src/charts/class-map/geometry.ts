/** Maps of numbers as pixels: of one sign, or of both. */

/** A map's pixels, 8-bit RGBA, one for each place. */
export interface Painted {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  /** Row-major. */
  readonly values: Float32Array;
}

/** What stands for values above zero, and below; told apart by every kind of colour vision. */
export const FOR = [230, 97, 1] as const;
export const AGAINST = [38, 103, 196] as const;
/** How much of the picture below the strongest value hides. */
const MOST_OPAQUE = 0.82;

/** The largest magnitude of a map; at least the smallest number, so that it divides. */
export function limitOf(values: Float32Array): number {
  return values.reduce((max, value) => Math.max(max, Math.abs(value)), Number.MIN_VALUE);
}

/**
 * A map of both signs to lie over a picture: one colour for values above zero, another below, the
 * more opaque the further from it; `limit` is the magnitude of the full colour.
 */
export function paintSigned({ width, height, values }: Plane, limit: number): Painted {
  const data = new Uint8ClampedArray(width * height * 4);
  for (const [place, value] of values.entries()) {
    const [red, green, blue] = value < 0 ? AGAINST : FOR;
    const opacity = Math.min(Math.abs(value) / limit, 1) * MOST_OPAQUE * 255;
    data.set([red, green, blue, opacity], place * 4);
  }
  return { width, height, data };
}

/** A map of values from zero on, from black to white; `limit` is white. */
export function paintGrey({ width, height, values }: Plane, limit: number): Painted {
  const data = new Uint8ClampedArray(width * height * 4);
  for (const [place, value] of values.entries()) {
    const grey = Math.min(Math.max(value / limit, 0), 1) * 255;
    data.set([grey, grey, grey, 255], place * 4);
  }
  return { width, height, data };
}

/** The difference of two maps of one size, place by place. */
export function differenceOf(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value - (b[i] ?? 0));
}

/** Where a map has its largest value, in words: `top left`, `middle`, `bottom right`. */
export function placeOf({ width, height, values }: Plane): string {
  const peak = values.indexOf(values.reduce((a, b) => Math.max(a, b), -Infinity));
  const third = (position: number, count: number) =>
    Math.min(2, Math.floor(((position + 0.5) / count) * 3));
  const row = ['top', '', 'bottom'][third(Math.floor(peak / width), height)] ?? '';
  const column = ['left', '', 'right'][third(peak % width, width)] ?? '';
  return `${row} ${column}`.trim() || 'middle';
}
