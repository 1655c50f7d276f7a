import { Worker } from 'node:worker_threads';
import type { Preprocessing } from '../../checkpoints/index.ts';
import type { Prepared } from '../../recount/run.ts';
import type { Reply, Request } from './thread.ts';

export interface PreparingThreads {
  readonly prepare: (picture: Blob) => Promise<Prepared>;
  readonly stop: () => Promise<void>;
}

/** Threads that decode and frame pictures; each question goes to the one with the fewest before it. */
export function startThreads(count: number, preprocessing: Preprocessing): PreparingThreads {
  const threads = Array.from({ length: count }, () => startThread(preprocessing));
  return {
    prepare: async (picture) => {
      const bytes = new Uint8Array(await picture.arrayBuffer());
      const idlest = threads.reduce((a, b) => (b.waiting() < a.waiting() ? b : a));
      return idlest.ask(bytes);
    },
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}

function startThread(preprocessing: Preprocessing) {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: preprocessing });
  const asked = new Map<number, PromiseWithResolvers<Prepared>>();
  let last = 0;
  worker.on('message', (reply: Reply) => {
    const waiting = asked.get(reply.id);
    asked.delete(reply.id);
    if ('error' in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply);
  });
  worker.on('error', (error) => {
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
  });
  return {
    waiting: () => asked.size,
    ask: (bytes: Uint8Array<ArrayBuffer>): Promise<Prepared> => {
      const question = Promise.withResolvers<Prepared>();
      const id = last++;
      asked.set(id, question);
      worker.postMessage({ id, bytes } satisfies Request, [bytes.buffer]);
      return question.promise;
    },
    stop: () => worker.terminate(),
  };
}
