/** How far two runs of numbers of one length are from each other. */
export interface Distance {
  /** |a - b| / |a| (over |b| where a is all zero); null where a value is no finite number. */
  readonly relativeL2: number | null;
  /** The cosine of the angle between a and b; 1 where both are all zero, 0 where one is. */
  readonly cosine: number | null;
  /** Whether every value is the same; NaN is the same as NaN, and 0 as -0. */
  readonly same: boolean;
}

export const IDENTICAL: Distance = { relativeL2: 0, cosine: 1, same: true };

/** The distance between arrays of the same length, in double precision, in one pass. */
export function distance(a: Float32Array, b: Float32Array): Distance {
  let differing = 0;
  let difference = 0;
  let squaresA = 0;
  let squaresB = 0;
  let product = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    const d = x - y;
    // Only NaN is not itself.
    if (x !== y && (x === x || y === y)) differing++;
    difference += d * d;
    squaresA += x * x;
    squaresB += y * y;
    product += x * y;
  }
  if (differing === 0) return IDENTICAL;
  const scale = Math.sqrt(squaresA === 0 ? squaresB : squaresA);
  const relativeL2 = Math.sqrt(difference) / scale;
  const norms = Math.sqrt(squaresA) * Math.sqrt(squaresB);
  // Rounding may carry the quotient of two parallel runs beyond 1.
  const cosine = norms === 0 ? 0 : Math.max(-1, Math.min(1, product / norms));
  const known = Number.isFinite(relativeL2) && Number.isFinite(cosine);
  return {
    relativeL2: known ? relativeL2 : null,
    cosine: known ? cosine : null,
    same: false,
  };
}
