import { hasNorm, hasWeights, type Layer } from '../regnet/index.ts';
import { CheckpointError } from './errors.ts';
import { parametersOf } from './parameters.ts';
import { toFloat32, type Tensor } from './tensor.ts';

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

/** PyTorch's default, which all six code bases keep. */
export const BATCH_NORM_EPSILON = 1e-5;

/**
 * Folds every layer of a network. `tensors` have timm's names and fit the layers (`requireFit`).
 * Throws a CheckpointError (`bad-values`) for a weight that is no finite number.
 */
export function foldBatchNorm(
  layers: readonly Layer[],
  tensors: ReadonlyMap<string, Tensor>,
): FoldedWeights {
  const weighted = layers.filter(hasWeights);
  return new Map(weighted.map((layer) => [layer.name, foldLayer(layer, tensors)]));
}

/**
 * Folds one layer, so that weights can be uploaded one after another: with
 * s = gamma / sqrt(variance + epsilon), the weights become w * s and the bias beta - mean * s.
 * Errors as in `foldBatchNorm`.
 */
export function foldLayer(layer: Layer, tensors: ReadonlyMap<string, Tensor>): FoldedLayer {
  const values = parametersOf(layer).map(({ name }) => valuesOf(name, tensors));
  const [weight = EMPTY, second = EMPTY, beta = EMPTY, mean = EMPTY, variance = EMPTY] = values;
  if (!hasNorm(layer)) return finite(layer, { weight, bias: second }, tensors);
  const perChannel = weight.length / layer.cout;
  const folded = new Float32Array(weight.length);
  const bias = new Float32Array(layer.cout);
  for (let c = 0; c < layer.cout; c++) {
    const scale = (second[c] ?? 0) / Math.sqrt((variance[c] ?? 0) + BATCH_NORM_EPSILON);
    bias[c] = (beta[c] ?? 0) - (mean[c] ?? 0) * scale;
    const end = (c + 1) * perChannel;
    for (let i = c * perChannel; i < end; i++) folded[i] = (weight[i] ?? 0) * scale;
  }
  return finite(layer, { weight: folded, bias }, tensors);
}

const EMPTY = new Float32Array(0);

function valuesOf(name: string, tensors: ReadonlyMap<string, Tensor>): Float32Array {
  const tensor = tensors.get(name);
  if (tensor) return toFloat32(tensor);
  throw new CheckpointError('misfit', `The tensor ${name} is missing.`);
}

/** Passes a layer on if it holds only finite numbers; else looks for the tensor at fault. */
function finite(
  layer: Layer,
  folded: FoldedLayer,
  tensors: ReadonlyMap<string, Tensor>,
): FoldedLayer {
  if (isFinite(folded.weight) && isFinite(folded.bias)) return folded;
  const culprit = parametersOf(layer).find(({ name }) => !isFinite(valuesOf(name, tensors)));
  throw new CheckpointError(
    'bad-values',
    culprit
      ? `The tensor ${culprit.name} holds a value that is no finite number; the file is damaged or its training diverged.`
      : `The batch norm of ${layer.name} has a negative variance or overflows; the file is damaged.`,
  );
}

/** Zero times infinity or NaN is NaN, so one pass without branches tells. */
function isFinite(values: Float32Array): boolean {
  let sum = 0;
  // By index: several times as fast as for…of or reduce on a typed array (npm run bench:read).
  let i = values.length;
  while (i-- > 0) sum += 0 * (values[i] ?? 0);
  return sum === 0;
}
