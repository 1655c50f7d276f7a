/** Native ONNX Runtime in Node: not a peer in a page, but what the machine can do at all. */
import { LOGITS } from '../../../src/checkpoints/onnx/model.ts';
import { IMAGE, networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import own from '../../../package.json' with { type: 'json' };
import { seededValues, seededWeights } from '../../seeded.ts';
import { layOut, onnxOf } from '../engines/onnx.ts';
import { PICTURE_SEED, WEIGHTS_SEED } from '../plan.ts';

/** Its binaries for all systems are 110 MB, of interest to nobody but who runs this benchmark. */
const MISSING = `Native ONNX Runtime is not installed. To have its row: npm install --no-save --ignore-scripts onnxruntime-node@${own.devDependencies['onnxruntime-web']}`;

async function load(): Promise<typeof import('onnxruntime-node')> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')
      throw new Error(MISSING, { cause });
    throw cause;
  }
}

export interface Opened {
  readonly openMs: number;
  readonly firstMs: number;
  readonly logits: Float32Array;
  readonly version: string;
  /** One more prediction; its milliseconds. */
  time(): Promise<number>;
  close(): Promise<void>;
}

/** The network of the page's engines, weights and picture alike. Throws an Error with a sentence. */
export async function openNative(
  variant: string,
  resolution: number,
  threads: number,
): Promise<Opened> {
  const { InferenceSession, Tensor, env } = await load();
  const { layers } = networkOf(modelOf(variant).design, resolution);
  const weights = seededWeights(layers, WEIGHTS_SEED);
  const picture = layOut()(seededValues(resolution * resolution * 3, PICTURE_SEED));
  const start = performance.now();
  const session = await InferenceSession.create(onnxOf(layers, weights), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const openMs = performance.now() - start;
  const predict = async (): Promise<{ ms: number; logits: Float32Array }> => {
    const begin = performance.now();
    const image = new Tensor('float32', picture, [1, 3, resolution, resolution]);
    const logits = (await session.run({ [IMAGE]: image }))[LOGITS]?.data;
    if (!logits) throw new Error('ONNX Runtime gave no logits.');
    return { ms: performance.now() - begin, logits };
  };
  const { ms: firstMs, logits } = await predict();
  return {
    ...{ openMs, firstMs, logits },
    version: env.versions.node ?? '',
    time: async () => (await predict()).ms,
    close: () => session.release(),
  };
}
