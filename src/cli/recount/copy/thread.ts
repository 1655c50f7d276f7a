/** A thread with a copy of a network; it answers what a batch of pictures shows. */
import { workerData } from 'node:worker_threads';
import { createNetwork } from '../../../engine/network.ts';
import { reasonOf } from '../../../recount/errors.ts';
import type { CopyOrder } from '../../../recount/team.ts';
import { answerEach } from '../asking.ts';

/** A batch of pictures; null asks whether there is a network. */
export type Question = { readonly pixels: Float32Array; readonly batch: number } | null;

const { layers, weights, backend } = workerData as CopyOrder;
const network = await createNetwork(layers, weights, backend, { threads: 1 });

answerEach(
  (question: Question) =>
    question
      ? network.probabilities(question.pixels, question.batch)
      : Promise.resolve(new Float32Array()),
  () => [],
  reasonOf,
);
