/** The classifier on a thread of its own: pictures and weights come in, results go out. */
import { handOver, serve } from '../threads/serve.ts';
import type { BackendName } from './backend.ts';
import { limitsOf, probe, type Found } from './backends/index.ts';
import type { ClassifierOptions, Meaning } from './classifier.ts';
import { openFrom, type Weights } from './open.ts';
import { decodes } from './preprocess/decode.ts';
import { timeNetwork, type NetworkTime, type TimePhase, type TimeRequest } from './time.ts';
import type { Classifier, ClassifierInfo } from './types.ts';

const api = {
  /** What computes here, of these; nothing where this thread cannot decode pictures. */
  probe: async (backends: readonly BackendName[]): Promise<Found> =>
    decodes() ? probe(backends) : {},
  /** What this thread grants to each of these. */
  limits: limitsOf,
  /** From then on the worker answers for the classifier. */
  open: async (
    weights: Weights,
    options: ClassifierOptions,
    meaning?: Meaning,
  ): Promise<ClassifierInfo> => {
    const opened = await openFrom(weights, options, meaning);
    added.add({
      ...opened,
      classify: async (...asked: Parameters<Classifier['classify']>) => {
        const result = await opened.classify(...asked);
        return handOver(result, [result.crop.data.buffer]);
      },
      classifyUnder: async (...asked: Parameters<Classifier['classifyUnder']>) => {
        const result = await opened.classifyUnder(...asked);
        return handOver(result, [result.crop.data.buffer]);
      },
    });
    return opened.info;
  },
  /** A network timed with weights drawn from a seed; nothing stays open. */
  time: (request: TimeRequest, onPhase: (phase: TimePhase) => unknown): Promise<NetworkTime> =>
    timeNetwork(request, onPhase),
};

export type WorkerApi = typeof api & Classifier;

const added = serve(api);
