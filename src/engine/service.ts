/** The classifier on a thread of its own: pictures and weights come in, results go out. */
import { transfer } from 'comlink';
import { answer, type Answer } from './answer.ts';
import { serve } from './serve.ts';
import type { BackendName } from './backend.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import { openFrom, type Weights } from './open.ts';
import { threadRuns, webglRenderer } from './thread.ts';
import type { LayerTimes } from './network.ts';
import type {
  Classification,
  Classifier,
  ClassifierInfo,
  Golden,
  Parity,
  Timing,
} from './types.ts';

let opened: Classifier | null = null;

function classifier(): Classifier {
  if (!opened) throw new Error('The worker was asked before it was opened.');
  return opened;
}

const api = {
  runs: (backend: BackendName): Promise<Answer<boolean>> =>
    answer(() => Promise.resolve(threadRuns(backend))),
  webgl: (): Promise<Answer<string | null>> => answer(() => Promise.resolve(webglRenderer())),
  open: (
    weights: Weights,
    options: ClassifierOptions,
    meaning?: Meaning,
  ): Promise<Answer<ClassifierInfo>> =>
    answer(async () => {
      opened = await openFrom(weights, options, meaning);
      return opened.info;
    }),
  classify: async (picture: Blob, top: number): Promise<Answer<Classification>> => {
    const result = await answer(() => classifier().classify(picture, top));
    return 'value' in result ? transfer(result, [result.value.crop.data.buffer]) : result;
  },
  measure: (): Promise<Answer<Timing | null>> => answer(() => classifier().measure()),
  check: (golden: Golden | null): Promise<Answer<Parity | null>> =>
    answer(() => classifier().check(golden)),
  measureLayers: (): Promise<Answer<LayerTimes>> => answer(() => classifier().measureLayers()),
  /** Answers when the GPU is taken away. */
  lost: (): Promise<Answer<undefined>> => answer(() => classifier().lost.then(() => undefined)),
};

export type WorkerApi = typeof api;

serve(api);
