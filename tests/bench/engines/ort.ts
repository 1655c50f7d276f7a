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

export type OrtBackend = 'webgpu' | 'webgl' | 'wasm';

/** ONNX Runtime Web as shipped, with its own defaults; `threads` are of the WebAssembly build. */
export async function openOrt(
  layers: readonly Layer[],
  weights: FoldedWeights,
  { backend, threads }: { backend: OrtBackend; threads: number | null },
): Promise<Runner> {
  const ort = await BUILDS[backend](threads ?? 1);
  const weightsOf = ({ name }: Layer) => {
    const folded = weights.get(name);
    if (!folded) throw new Error(`There are no weights for ${name}.`);
    return folded;
  };
  const model = join([...onnxPieces(layers, weightsOf, { fixed: true })]);
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [backend],
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

/** Each backend has a build of its own. */
const BUILDS: Readonly<Record<OrtBackend, (threads: number) => Promise<Ort>>> = {
  webgpu: () => import('onnxruntime-web/webgpu'),
  webgl: () => import('onnxruntime-web/webgl'),
  wasm: async (threads) => {
    const ort = await import('onnxruntime-web/wasm');
    ort.env.wasm.numThreads = threads;
    return ort;
  },
};

/** [height, width, 3] as ONNX wants it, [3, height, width]. */
function toNchw(picture: Float32Array): Float32Array {
  const pixels = picture.length / 3;
  return picture.map((_, i) => picture[(i % pixels) * 3 + Math.floor(i / pixels)] ?? 0);
}
