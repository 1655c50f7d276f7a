/** WebAssembly where it runs: on the page's main thread and in a worker, with threads of their own. */
import { expect, test } from 'vitest';
import { createNetwork } from '../../src/engine/network.ts';
import { openExecutor } from '../../src/engine/backends/wasm/executor.ts';
import { goldenBatch, goldenInput, goldenLayers } from '../golden.ts';
import { seededWeights } from '../seeded.ts';

const weights = seededWeights(goldenLayers, 1);

async function logitsOf(threads: number): Promise<Float32Array> {
  const network = await createNetwork(goldenLayers, weights, 'wasm', { threads });
  const logits = await network.predict(goldenInput, goldenBatch);
  network.dispose();
  return logits;
}

test('an isolated page gets the threads that it asks for', async () => {
  expect(crossOriginIsolated).toBe(true);
  const executor = await openExecutor(3);
  expect(executor.threads).toBe(3);
  executor.close();
});

test('threads on the main thread compute the same as none', async () => {
  expect(await logitsOf(3)).toEqual(await logitsOf(1));
});

test('so does a worker, which starts its own', async () => {
  const worker = new Worker(new URL('./networkWorker.ts', import.meta.url), {
    type: 'module',
    name: 'wasm',
  });
  const { logits, renderer } = await new Promise<{ logits: Float32Array; renderer: null }>(
    (resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<{ logits: Float32Array; renderer: null }>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        reject(new Error(message));
      };
    },
  );
  worker.terminate();
  expect(logits).toEqual(await logitsOf(1));
  expect(renderer).toBeNull();
});
