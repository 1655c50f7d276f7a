import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { FoldedWeights } from '../../../src/checkpoints/fold.ts';
import { LOGITS } from '../../../src/checkpoints/onnx/model.ts';
import { IMAGE, type Layer } from '../../../src/regnet/index.ts';
import type { Runner } from '../types.ts';
import { layOut, onnxOf } from './onnx.ts';

/** What the builds have in common; each exports the whole API. */
interface Ort {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
}

/** Each backend has a build of its own, and WebGPU a second one, which waits in another way. */
export type OrtBuild = 'webgpu' | 'jspi' | 'webgl' | 'wasm';

/** ONNX Runtime Web as shipped, with its own defaults; `threads` are of the WebAssembly build. */
export async function openOrt(
  layers: readonly Layer[],
  weights: FoldedWeights,
  { build, threads }: { build: OrtBuild; threads: number | null },
): Promise<Runner> {
  const ort = await BUILDS[build](threads ?? 1);
  const session = await ort.InferenceSession.create(onnxOf(layers, weights), {
    executionProviders: [build === 'jspi' ? 'webgpu' : build],
  });
  const side = layers[0]?.hin ?? 0;
  const toNchw = layOut();
  return {
    predict: async (picture) => {
      const image = new ort.Tensor('float32', toNchw(picture), [1, 3, side, side]);
      const output = (await session.run({ [IMAGE]: image }))[LOGITS];
      if (!output) throw new Error('ONNX Runtime gave no logits.');
      return (await output.getData()) as Float32Array;
    },
  };
}

const BUILDS: Readonly<Record<OrtBuild, (threads: number) => Promise<Ort>>> = {
  webgpu: () => import('onnxruntime-web/webgpu'),
  jspi: () => {
    if (!('Suspending' in WebAssembly))
      throw new Error(
        'This browser lacks JavaScript Promise Integration (JSPI), which this build needs.',
      );
    return import('onnxruntime-web/jspi');
  },
  webgl: () => import('onnxruntime-web/webgl'),
  wasm: async (threads) => {
    const ort = await import('onnxruntime-web/wasm');
    ort.env.wasm.numThreads = threads;
    return ort;
  },
};
