import { hasNorm, weightShape, type Layer } from '../regnet/index.ts';

/** A tensor that a layer needs, under timm's name. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whether it belongs to batch norm. */
  readonly norm: boolean;
}

/** Names of batch norm's tensors, in PyTorch's order. */
const NORM_LEAVES = ['weight', 'bias', 'running_mean', 'running_var'] as const;

/** The tensors that a layer of the layer list needs, none for pooling. */
export function parametersOf(layer: Layer): Parameter[] {
  const { name, cout } = layer;
  const weight = weightShape(layer);
  if (!weight) return [];
  if (!hasNorm(layer))
    return [
      { name: `${name}.weight`, shape: weight, norm: false },
      { name: `${name}.bias`, shape: [cout], norm: false },
    ];
  return [
    { name: `${name}.conv.weight`, shape: weight, norm: false },
    ...NORM_LEAVES.map((leaf) => ({ name: `${name}.bn.${leaf}`, shape: [cout], norm: true })),
  ];
}
