/**
 * Probabilities from logits [batch, classes], row by row, with the row's maximum subtracted first so
 * that nothing overflows.
 */
export function softmax(logits: Float32Array, classes: number): Float32Array {
  const out = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const max = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const exps = Float64Array.from(row, (logit) => Math.exp(logit - max));
    const sum = exps.reduce((a, b) => a + b, 0);
    out.set(
      exps.map((e) => e / sum),
      start,
    );
  }
  return out;
}
