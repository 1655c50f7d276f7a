/** The module of a helping thread, in browsers and in Node: told what is shared, it helps for good. */
import type { Start } from './spawn.ts';
import { kernelsOf } from './tasks.ts';
import { help } from './threads.ts';

function begin({ module, memory, control }: Start, tellReady: () => void): void {
  const kernels = kernelsOf(module, memory);
  tellReady();
  help({ control, memory, kernels });
}

if ('WorkerGlobalScope' in globalThis)
  addEventListener('message', ({ data }: MessageEvent<Start>) => {
    begin(data, () => {
      postMessage('ready');
    });
  });
else {
  const node = process.getBuiltinModule('node:worker_threads');
  begin(node.workerData as Start, () => {
    node.parentPort?.postMessage('ready');
  });
}
