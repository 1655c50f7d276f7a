import * as tf from '@tensorflow/tfjs-core';
import type { FoldedLayer, FoldedWeights } from '../../../src/checkpoints/fold.ts';
import { IMAGE, type Layer } from '../../../src/regnet/index.ts';
import { groupedConv2d, registerGroupedConv2d } from '../../../src/engine/tfjs/index.ts';
import type { Runner } from '../types.ts';

/**
 * How TensorFlow.js computes a grouped convolution, which it has none of: by our `kernel`, registered
 * with it, beside its own operators for all else; or by those alone, `split` into one convolution a group and concatenated, or `dense`
 * with filters that are zero off the diagonal.
 */
export type Form = 'kernel' | 'split' | 'dense';

export type TfjsBackend = 'webgl' | 'webgpu';

/** Each registers itself with TensorFlow.js when it is loaded. */
const BACKENDS: Readonly<Record<TfjsBackend, () => Promise<unknown>>> = {
  webgl: () => import('@tensorflow/tfjs-backend-webgl'),
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
};

/** Operators in their quickest form: bias, ReLU and residual fused wherever they can be. */
export async function openTfjs(
  layers: readonly Layer[],
  weights: FoldedWeights,
  { form, backend }: { form: Form; backend: TfjsBackend },
): Promise<Runner> {
  tf.enableProdMode();
  await BACKENDS[backend]();
  if (!(await tf.setBackend(backend)))
    throw new Error(`TensorFlow.js could not start its ${backend} backend here.`);
  await tf.ready();
  if (form === 'kernel') registerGroupedConv2d();
  const steps = layers.map((layer) => [layer, stepOf(layer, weights, form)] as const);
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) throw new RangeError('The network has no layers.');
  return {
    predict: async (picture) => {
      const logits = tf.tidy(() => {
        const tensors = new Map<string, tf.Tensor4D>();
        tensors.set(IMAGE, tf.tensor4d(picture, [1, first.hin, first.win, first.cin]));
        const tensor = (name: string): tf.Tensor4D => {
          const found = tensors.get(name);
          if (!found) throw new Error(`No layer has written ${name} yet.`);
          return found;
        };
        for (const [layer, step] of steps) {
          const residual = layer.residual === null ? null : tensor(layer.residual);
          tensors.set(layer.name, step(tensor(layer.input), residual));
        }
        return tensor(last.name);
      });
      const values = await logits.data();
      logits.dispose();
      return values as Float32Array;
    },
  };
}

type Step = (x: tf.Tensor4D, residual: tf.Tensor4D | null) => tf.Tensor4D;

function stepOf(layer: Layer, weights: FoldedWeights, form: Form): Step {
  if (layer.op === 'pool') return (x) => tf.mean(x, [1, 2], true);
  const folded = weights.get(layer.name);
  if (!folded) throw new Error(`There are no weights for ${layer.name}.`);
  if (form === 'kernel' && layer.groups > 1) {
    const [filter, bias] = [filterOf(layer, folded, form), tf.tensor1d(folded.bias)];
    const { stride, relu } = layer;
    return (x, residual) =>
      groupedConv2d(x, filter, bias, { stride, relu, residual: residual ?? undefined });
  }
  const parts = form === 'split' ? layer.groups : 1;
  const activation = layer.relu && layer.residual === null ? 'relu' : 'linear';
  const filters = tf.split(filterOf(layer, folded, form), parts, 3);
  const biases = tf.split(tf.tensor1d(folded.bias), parts);
  const convolve = (x: tf.Tensor4D, part: number): tf.Tensor4D =>
    tf.fused.conv2d({
      x,
      filter: filters[part] as tf.Tensor4D,
      bias: biases[part] as tf.Tensor1D,
      strides: layer.stride,
      pad: (layer.kernel - 1) / 2,
      dimRoundingMode: 'floor',
      activation,
    });
  return (x, residual) => {
    const out =
      parts === 1
        ? convolve(x, 0)
        : tf.concat(
            tf.split<tf.Tensor4D>(x, parts, 3).map((slice, part) => convolve(slice, part)),
            3,
          );
    if (residual === null) return out;
    return layer.relu ? tf.relu(tf.add(out, residual)) : tf.add(out, residual);
  };
}

/** PyTorch's [cout, cin / groups, k, k] as [k, k, cin / groups, cout], or with zeros up to all of cin. */
function filterOf(layer: Layer, { weight }: FoldedLayer, form: Form): tf.Tensor4D {
  const { kernel, cin, cout, groups } = layer;
  const [groupIn, groupOut, taps] = [cin / groups, cout / groups, kernel * kernel];
  const rows = form === 'dense' ? cin : groupIn;
  const values = new Float32Array(taps * rows * cout);
  for (let o = 0; o < cout; o++) {
    const first = form === 'dense' ? Math.floor(o / groupOut) * groupIn : 0;
    for (let i = 0; i < groupIn; i++)
      for (let tap = 0; tap < taps; tap++)
        values[(tap * rows + first + i) * cout + o] = weight[(o * groupIn + i) * taps + tap] ?? 0;
  }
  return tf.tensor4d(values, [kernel, kernel, rows, cout]);
}
