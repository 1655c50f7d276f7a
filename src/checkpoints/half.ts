/**
 * IEEE 754 binary16 ("half", torch.float16) and bfloat16, for engines without Float16Array.
 */

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

let decoded: Float32Array | undefined;

/** All 65,536 halves as singles (256 KB), made once: decoding is then one lookup a weight. */
function halfTable(): Float32Array {
  decoded ??= Float32Array.from({ length: 0x10000 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
  return decoded;
}

/** Decodes halves, exactly. */
export function decodeHalf(halves: Uint16Array): Float32Array {
  const table = halfTable();
  const out = new Float32Array(halves.length);
  for (let i = 0; i < out.length; i++) out[i] = table[halves[i] ?? 0] ?? 0;
  return out;
}

/** The nearest half of a number, ties to even, as bits; beyond 65504 it is infinity. */
export function halfBits(value: number): number {
  single[0] = value;
  const b = bits[0] ?? 0;
  const sign = (b >>> 16) & 0x8000;
  const magnitude = b & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 65536 and more
  // Subnormal: a multiple of 2^-24, which the addition rounds to even. 2^-14 is the first normal.
  if (magnitude < 0x38800000) {
    single[0] = Math.abs(Math.fround(value)) + 0.5;
    return sign | ((bits[0] ?? 0) - 0x3f000000);
  }
  // Rebias the exponent from 127 to 15 and drop 13 bits of the fraction, rounding to even; a carry
  // runs into the exponent, as it must.
  const odd = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
}

/** Decodes bfloat16, exactly: it is the upper half of a single. */
export function decodeBfloat16(values: Uint16Array): Float32Array {
  const out = new Uint32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = (values[i] ?? 0) << 16;
  return new Float32Array(out.buffer);
}
