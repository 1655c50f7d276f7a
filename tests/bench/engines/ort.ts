import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { FoldedWeights } from '../../../src/checkpoints/fold.ts';
import { LOGITS, onnxPieces } from '../../../src/checkpoints/onnx/model.ts';
import { join } from '../../../src/checkpoints/onnx/protobuf.ts';
import { IMAGE, type Layer } from '../../../src/regnet/index.ts';
import type { Runner } from '../types.ts';

/** What the builds have in common; each exports the whole API. */
interface Ort {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
}

/** ONNX Runtime Web as shipped, with its own defaults; `threads` is null for the WebGL build. */
export async function openOrt(
  layers: readonly Layer[],
  weights: FoldedWeights,
  threads: number | null,
): Promise<Runner> {
  const ort: Ort = await (threads === null ? import('onnxruntime-web/webgl') : wasm(threads));
  const weightsOf = ({ name }: Layer) => {
    const folded = weights.get(name);
    if (!folded) throw new Error(`There are no weights for ${name}.`);
    return folded;
  };
  const model = join([...onnxPieces(layers, weightsOf, { fixed: true })]);
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [threads === null ? 'webgl' : 'wasm'],
  });
  const side = layers[0]?.hin ?? 0;
  return {
    predict: async (picture) => {
      const image = new ort.Tensor('float32', toNchw(picture), [1, 3, side, side]);
      const output = (await session.run({ [IMAGE]: image }))[LOGITS];
      if (!output) throw new Error('ONNX Runtime gave no logits.');
      return (await output.getData()) as Float32Array;
    },
  };
}

async function wasm(threads: number): Promise<Ort> {
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = threads;
  return ort;
}

/** [height, width, 3] as ONNX wants it, [3, height, width]. */
function toNchw(picture: Float32Array): Float32Array {
  const pixels = picture.length / 3;
  return picture.map((_, i) => picture[(i % pixels) * 3 + Math.floor(i / pixels)] ?? 0);
}
