/** One engine with one network, alone in a frame: its own modules, contexts and memory. */
import { BACKENDS } from '../../../src/engine/backends/index.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import { seededValues, seededWeights } from '../../seeded.ts';
import type { OrtBuild } from '../engines/ort.ts';
import { PICTURE_SEED, WEIGHTS_SEED } from '../plan.ts';
import type { Contender, Runner } from '../types.ts';
import { meterGpu } from './gpuMeter.ts';

export interface Frame {
  /** Times in milliseconds: opening, and the first prediction. */
  open(): Promise<{ openMs: number; firstMs: number; logits: Float32Array }>;
  /** One prediction: milliseconds and draw calls. */
  time(): Promise<{ ms: number; programs: number }>;
  gpuBytes(): number;
  /** The GPU that it ran on, as the browser names it; null off the GPU. */
  gpu(): string | null;
}

/** What a frame shows to the page that opened it. */
export function frameOf(contender: Contender, variant: string, resolution: number): Frame {
  const meter = meterGpu();
  const { layers } = networkOf(modelOf(variant).design, resolution);
  const weights = seededWeights(layers, WEIGHTS_SEED);
  const picture = seededValues(resolution * resolution * 3, PICTURE_SEED);
  let runner: Runner | null = null;
  const predict = (): Promise<Float32Array> => {
    if (!runner) throw new Error('The engine is not open.');
    return runner.predict(picture);
  };
  const timed = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
    const start = performance.now();
    const result = await work();
    return [performance.now() - start, result];
  };
  const open = async (): Promise<Runner> => {
    const [engine, backend] = contender.name.split('/');
    if (engine === 'ort' || engine === 'ort-jspi')
      return (await import('../engines/ort.ts')).openOrt(layers, weights, {
        build: buildOf(engine, backend),
        threads: contender.threads,
      });
    if (engine === 'ours')
      return (await import('../engines/ours.ts')).openOurs(
        layers,
        weights,
        BACKENDS.find(({ id }) => id === backend)?.id ?? 'webgl',
        contender.threads,
      );
    return (await import('../engines/tfjs.ts')).openTfjs(layers, weights, {
      form: engine === 'tfjs-kernel' ? 'kernel' : engine === 'tfjs-dense' ? 'dense' : 'split',
      backend: backend === 'webgpu' ? 'webgpu' : 'webgl',
    });
  };
  return {
    async open() {
      let openMs: number;
      [openMs, runner] = await timed(open);
      const [firstMs, logits] = await timed(predict);
      return { openMs, firstMs, logits };
    },
    async time() {
      const before = meter.draws();
      const [ms] = await timed(predict);
      return { ms, programs: meter.draws() - before };
    },
    gpuBytes: () => meter.bytes(),
    gpu: () => meter.gpu(),
  };
}

function buildOf(engine: string, backend: string | undefined): OrtBuild {
  if (engine === 'ort-jspi') return 'jspi';
  return backend === 'webgpu' || backend === 'wasm' ? backend : 'webgl';
}

declare global {
  interface Window {
    openFrame?: typeof frameOf;
  }
}
window.openFrame = frameOf;
