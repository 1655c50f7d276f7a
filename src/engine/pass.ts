/** The network's arithmetic, layer after layer, on any backend. */
import type { FoldedWeights } from '../checkpoints/index.ts';
import { IMAGE, weightCount, type Layer } from '../regnet/index.ts';
import type { Backend, DeviceFilter, DeviceMap } from './backend.ts';
import { EngineError } from '../threads/errors.ts';

/**
 * A layer's folded weights on the device; null for the pooling, which has none. Throws an EngineError
 * with code `checkpoint` when they do not fit.
 */
export function loadLayer<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  layer: Layer,
  weights: Pick<FoldedWeights, 'get'>,
): F | null {
  const values = weightCount(layer);
  if (values === 0) return null;
  const { name, kernel, cin, cout, groups } = layer;
  const folded = weights.get(name);
  if (folded?.weight.length !== values || folded.bias.length !== cout)
    throw new EngineError(
      'checkpoint',
      `The weights do not fit the network: ${name} needs ${values} weights and ${cout} biases.`,
    );
  return backend.load(folded, { kernel, cin, cout, groups });
}

/**
 * Runs layer after layer, gives back each map after its last reader, and returns the last layer's
 * output. It stops after each layer with its map, so that whoever runs it may do something else in
 * between; what the layers named in `kept` write is theirs to give back. Maps have the size that
 * follows from the image's, which need not be the layer list's.
 */
export function* passOf<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  layers: readonly Layer[],
  image: M,
  filterOf: (layer: Layer) => F | null,
  kept: ReadonlySet<string> = new Set(),
): Generator<readonly [Layer, M], M, undefined> {
  const lastReader = new Map<string, Layer>();
  for (const layer of layers)
    for (const read of [layer.input, layer.residual])
      if (read !== null) lastReader.set(read, layer);
  const maps = new Map<string, M>([[IMAGE, image]]);
  const written = (name: string): M => {
    const map = maps.get(name);
    if (!map) throw new Error(`No layer has written ${name} yet.`);
    return map;
  };
  let out = image;
  for (const layer of layers) {
    const filter = filterOf(layer);
    const x = written(layer.input);
    const { stride, relu } = layer;
    const residual = layer.residual === null ? undefined : written(layer.residual);
    out = filter ? backend.conv(x, filter, { stride, relu, residual }) : backend.pool(x);
    maps.set(layer.name, out);
    for (const [name, reader] of lastReader) {
      if (reader !== layer) continue;
      if (!kept.has(name)) backend.release(written(name));
      maps.delete(name);
    }
    yield [layer, out];
  }
  return out;
}
