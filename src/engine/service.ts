/** The classifier on a thread of its own: pictures and weights come in, results go out. */
import { expose, transfer } from 'comlink';
import { answer, type Answer } from './answer.ts';
import type { BackendName } from './backend.ts';
import { readWhole } from './blob.ts';
import { createClassifier, type ClassifierOptions, type Meaning } from './classifier.ts';
import { threadRuns } from './thread.ts';
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
  open: (
    weights: Uint8Array<ArrayBuffer> | Blob,
    options: ClassifierOptions,
    meaning?: Meaning,
  ): Promise<Answer<ClassifierInfo>> =>
    answer(async () => {
      const bytes = weights instanceof Blob ? await readWhole(weights) : weights;
      const created = await createClassifier(bytes, options, meaning);
      opened = created;
      return created.info;
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

expose(api);
