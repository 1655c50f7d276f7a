/** Starting helping threads, in browsers and in Node. */
import { hold } from '../../../threads/hold.ts';

/** What a helping thread shares with the one that started it. */
export interface Start {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array<SharedArrayBuffer>;
}

export type Stop = () => void;

/** Resolves when the thread helps; rejects when its code does not load or may not run here. */
export function startHelper(start: Start): Promise<Stop> {
  return typeof Worker === 'undefined' ? startInNode(start) : startInBrowser(start);
}

function startInBrowser(start: Start): Promise<Stop> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
  const release = hold(worker);
  const stop = (): void => {
    worker.terminate();
    release();
  };
  return new Promise((resolve, reject) => {
    worker.onmessage = () => {
      resolve(stop);
    };
    worker.onerror = ({ message }) => {
      stop();
      reject(new Error(message));
    };
    worker.postMessage(start);
  });
}

/** The module's name stands apart, or Vite would take the file along as an asset. */
const THREAD = './thread.ts';

function startInNode(start: Start): Promise<Stop> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(new URL(THREAD, import.meta.url), { workerData: start });
  const stop = (): void => {
    void worker.terminate();
  };
  return new Promise((resolve, reject) => {
    worker.once('message', () => {
      // The process may end while a helper waits for work.
      worker.unref();
      resolve(stop);
    });
    worker.once('error', reject);
  });
}
