/** The network's arithmetic, layer after layer, on any backend. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FoldedLayer, FoldedWeights } from '../checkpoints/index.ts';
import { IMAGE, type Layer } from '../regnet/index.ts';
import type { Backend } from './backend.ts';
import { EngineError } from './errors.ts';
import { globalAveragePool } from './ops/globalAveragePool.ts';
import { groupedConv2D } from './ops/groupedConv2D.ts';

/** A layer's weights on the device. */
export interface LayerTensors {
  readonly filter: TensorInfo;
  readonly bias: TensorInfo;
}

/**
 * A layer's folded weights on the device; null for the pooling, which has none. Throws an EngineError
 * with code `checkpoint` when they do not fit.
 */
export function uploadLayer(
  backend: Backend,
  layer: Layer,
  weights: Pick<FoldedWeights, 'get'>,
): LayerTensors | null {
  if (layer.op === 'pool') return null;
  const { name, kernel, cin, cout, groups } = layer;
  const folded = weights.get(name);
  const shape = [kernel, kernel, cin / groups, cout] as const;
  const values = (kernel * kernel * cin * cout) / groups;
  if (folded?.weight.length !== values || folded.bias.length !== cout)
    throw new EngineError(
      'checkpoint',
      `The weights do not fit the network: ${name} needs ${values} weights and ${cout} biases.`,
    );
  return {
    filter: backend.upload(toHwio(folded, shape), shape),
    bias: backend.upload(folded.bias, [cout]),
  };
}

/** PyTorch's [cout, cin / groups, k, k] as TensorFlow's [k, k, cin / groups, cout]. */
function toHwio(
  { weight }: FoldedLayer,
  [height, width, cin, cout]: readonly [number, number, number, number],
): Float32Array {
  const taps = height * width;
  const hwio = new Float32Array(weight.length);
  for (let o = 0; o < cout; o++)
    for (let i = 0; i < cin; i++)
      for (let tap = 0; tap < taps; tap++)
        hwio[(tap * cin + i) * cout + o] = weight[(o * cin + i) * taps + tap] ?? 0;
  return hwio;
}

/**
 * Runs layer after layer, gives back each tensor after its last reader, and returns the last layer's
 * output. It stops after each layer, so that whoever runs it may do something else in between. Maps
 * have the size that follows from the image's, which need not be the layer list's.
 */
export function* passOf(
  backend: Backend,
  layers: readonly Layer[],
  image: TensorInfo,
  tensorsOf: (layer: Layer) => LayerTensors | null,
): Generator<undefined, TensorInfo, undefined> {
  const lastReader = new Map<string, Layer>();
  for (const layer of layers)
    for (const read of [layer.input, layer.residual])
      if (read !== null) lastReader.set(read, layer);
  const tensors = new Map<string, TensorInfo>([[IMAGE, image]]);
  let out = image;
  for (const layer of layers) {
    const own = tensorsOf(layer);
    const x = written(tensors, layer.input);
    const residual = layer.residual === null ? undefined : written(tensors, layer.residual);
    out = own
      ? groupedConv2D(backend, { x, ...own, residual }, layer)
      : globalAveragePool(backend, x);
    tensors.set(layer.name, out);
    for (const [name, reader] of lastReader) {
      if (reader !== layer) continue;
      backend.release(written(tensors, name));
      tensors.delete(name);
    }
    yield;
  }
  return out;
}

function written(tensors: ReadonlyMap<string, TensorInfo>, name: string): TensorInfo {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`No layer has written ${name} yet.`);
  return tensor;
}
