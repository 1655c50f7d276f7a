/** The classifier on a thread of its own: pictures and weights come in, results go out. */
import { expose, transfer } from 'comlink';
import { createClassifier, type ClassifierOptions } from './classifier.ts';
import { toPlainError, type PlainError } from './errors.ts';
import type { Classification, Classifier, ClassifierInfo, Timing } from './types.ts';

/** An answer that keeps an error's code on its way between threads. */
export type Answer<T> = { readonly value: T } | { readonly error: PlainError };

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: toPlainError(error) };
  }
}

let opened: Classifier | null = null;

function classifier(): Classifier {
  if (!opened) throw new Error('The worker was asked before it was opened.');
  return opened;
}

const api = {
  open: (
    weights: Uint8Array<ArrayBuffer>,
    options: ClassifierOptions,
  ): Promise<Answer<ClassifierInfo>> =>
    answer(async () => {
      const created = await createClassifier(weights, options);
      opened = created;
      return created.info;
    }),
  classify: async (picture: Blob, top: number): Promise<Answer<Classification>> => {
    const result = await answer(() => classifier().classify(picture, top));
    return 'value' in result ? transfer(result, [result.value.crop.data.buffer]) : result;
  },
  measure: (): Promise<Answer<Timing | null>> => answer(() => classifier().measure()),
};

export type WorkerApi = typeof api;

expose(api);
