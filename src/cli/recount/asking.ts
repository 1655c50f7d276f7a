/** Threads of Node that are asked questions and answer each: both ends. */
import { parentPort, Worker } from 'node:worker_threads';

interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

type Reply<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: string };

export interface AskedThread<Question, Answer> {
  /** Questions that are not answered yet. */
  readonly waiting: () => number;
  /** `moved` changes threads without a copy. Rejects with what the thread says, or if it is gone. */
  readonly ask: (question: Question, moved?: readonly ArrayBuffer[]) => Promise<Answer>;
  readonly stop: () => Promise<unknown>;
}

/** Starts a thread whose module calls `answerEach`; `workerData` is what it is told. */
export function startThread<Question, Answer>(
  entry: URL,
  workerData: unknown,
): AskedThread<Question, Answer> {
  const worker = new Worker(entry, { workerData });
  const asked = new Map<number, PromiseWithResolvers<Answer>>();
  let last = 0;
  let gone: Error | null = null;
  const end = (error: Error): void => {
    gone ??= error;
    for (const { reject } of asked.values()) reject(gone);
    asked.clear();
  };
  worker.on('message', (reply: Reply<Answer>) => {
    const waiting = asked.get(reply.id);
    asked.delete(reply.id);
    if ('error' in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.answer);
  });
  worker.on('error', end);
  worker.on('exit', () => {
    end(new Error('A thread of the recount has ended.'));
  });
  return {
    waiting: () => asked.size,
    ask: (question, moved = []) => {
      if (gone) return Promise.reject(gone);
      const waiting = Promise.withResolvers<Answer>();
      const id = last++;
      asked.set(id, waiting);
      worker.postMessage({ id, question } satisfies Asked<Question>, moved);
      return waiting.promise;
    },
    stop: () => worker.terminate(),
  };
}

/** Answers all that this thread is asked, which whoever asks knows the type of; `moved` of an answer changes threads without a copy. */
export function answerEach<Answer>(
  answer: (question: never) => Promise<Answer>,
  moved: (answer: Answer) => readonly ArrayBuffer[],
  whyNot: (error: unknown) => string,
): void {
  const reply = async ({ id, question }: Asked<never>): Promise<void> => {
    try {
      const answered = await answer(question);
      const whole: Reply<Answer> = { id, answer: answered };
      parentPort?.postMessage(whole, moved(answered));
    } catch (error) {
      parentPort?.postMessage({ id, error: whyNot(error) } satisfies Reply<Answer>);
    }
  };
  parentPort?.on('message', (asked: Asked<never>) => void reply(asked));
}
