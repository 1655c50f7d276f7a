import type { Preprocessing } from '../../checkpoints/index.ts';
import type { Prepared } from '../../recount/run.ts';
import { startThread } from './asking.ts';

export interface PreparingThreads {
  readonly prepare: (picture: Blob) => Promise<Prepared>;
  readonly stop: () => Promise<void>;
}

/** Threads that decode and frame pictures; each question goes to the one with the fewest before it. */
export function startThreads(count: number, preprocessing: Preprocessing): PreparingThreads {
  const entry = new URL('./thread.ts', import.meta.url);
  const threads = Array.from({ length: count }, () =>
    startThread<Uint8Array<ArrayBuffer>, Prepared>(entry, preprocessing),
  );
  return {
    prepare: async (picture) => {
      const bytes = new Uint8Array(await picture.arrayBuffer());
      const idlest = threads.reduce((a, b) => (b.waiting() < a.waiting() ? b : a));
      return idlest.ask(bytes, [bytes.buffer]);
    },
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}
