/** What `networkWorker.ts` answers. */
export interface Answer {
  readonly logits: Float32Array;
  readonly renderer: string;
}

/** The one answer of a worker, which is ended by it. */
export async function answerOf(worker: Worker): Promise<Answer> {
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        reject(new Error(message));
      };
    });
  } finally {
    worker.terminate();
  }
}
