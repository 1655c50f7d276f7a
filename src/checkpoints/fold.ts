/**
 * Weights of one layer with batch norm folded in, as the executor takes them. Keyed by the layer's
 * name in the layer list.
 */
export interface FoldedLayer {
  /** PyTorch's order: [cout, cin / groups, kernel, kernel] for `conv`, [cout, cin] for `fc`. */
  readonly weight: Float32Array;
  /** [cout]. */
  readonly bias: Float32Array;
}

export type FoldedWeights = ReadonlyMap<string, FoldedLayer>;
