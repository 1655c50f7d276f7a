import type { FoldedWeights } from '../../../src/checkpoints/fold.ts';
import { onnxPieces } from '../../../src/checkpoints/onnx/model.ts';
import { join } from '../../../src/checkpoints/onnx/protobuf.ts';
import type { Layer } from '../../../src/regnet/index.ts';

/** The network as an ONNX file, from the same layers and weights that ours has. */
export function onnxOf(layers: readonly Layer[], weights: FoldedWeights): Uint8Array<ArrayBuffer> {
  const weightsOf = ({ name }: Layer) => {
    const folded = weights.get(name);
    if (!folded) throw new Error(`There are no weights for ${name}.`);
    return folded;
  };
  return join([...onnxPieces(layers, weightsOf, { fixed: true })]);
}

/**
 * [height, width, 3] as ONNX wants it, [3, height, width]. Whoever prepares a picture writes either
 * layout at the same cost, so each picture is laid out once, before the times that count.
 */
export function layOut(): (picture: Float32Array) => Float32Array {
  const known = new WeakMap<Float32Array, Float32Array>();
  return (picture) => {
    const pixels = picture.length / 3;
    const laid =
      known.get(picture) ??
      picture.map((_, i) => picture[(i % pixels) * 3 + Math.floor(i / pixels)] ?? 0);
    known.set(picture, laid);
    return laid;
  };
}
