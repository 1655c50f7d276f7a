import { missingError } from '../about.ts';
import { wasm } from './about.ts';
import { kernelModule, largestTile } from './kernels.ts';
import { MAXIMUM_PAGES } from './limits.ts';
import { startHelper, type Stop } from './spawn.ts';
import { kernelsOf, runTask, type Kernels } from './tasks.ts';
import { newControl, runShared } from './threads.ts';

/** What runs tasks: a memory, the kernels on it, and perhaps threads that help. */
export interface Executor {
  readonly memory: WebAssembly.Memory;
  /** Pixels of the largest tile that its convolutions compute. */
  readonly largestTile: number;
  /** This one included. */
  readonly threads: number;
  /** Runs tasks of a program, which also stands in the memory at `address`. */
  run(words: Int32Array, address: number, from: number, end: number): void;
  /** Runs tasks on this thread alone. */
  runHere(words: Int32Array, from: number, end: number): void;
  /** Ends the threads. */
  close(): void;
}

/**
 * Compiles the kernels, with products and sums as one instruction where the browser has relaxed SIMD,
 * and starts helpers where threads may share memory. Throws an EngineError with code `no-backend` where
 * there is no SIMD.
 */
export async function openExecutor(threads: number): Promise<Executor> {
  const shared = threads > 1 && typeof SharedArrayBuffer !== 'undefined';
  const bytesOf = (fused: boolean) => kernelModule({ shared, maximum: MAXIMUM_PAGES, fused });
  const fast = bytesOf(true);
  const fused = WebAssembly.validate(fast);
  const bytes = fused ? fast : bytesOf(false);
  if (!WebAssembly.validate(bytes)) throw missingError(wasm);
  const module = await WebAssembly.compile(bytes);
  const memory = new WebAssembly.Memory({ initial: 0, maximum: MAXIMUM_PAGES, shared });
  const kernels = kernelsOf(module, memory);
  const runHere: Executor['runHere'] = (words, from, end) => {
    for (let task = from; task < end; task++) runTask(kernels, words, task);
  };
  const team = shared ? await gather(module, memory, kernels, threads - 1) : null;
  return {
    memory,
    largestTile: largestTile(fused),
    threads: 1 + (team?.helpers ?? 0),
    run(words, address, from, end) {
      if (team) team.run(address, from, end);
      else runHere(words, from, end);
    },
    runHere,
    close: () => team?.stop(),
  };
}

/** Starts the helpers; null when one cannot be, as where a policy forbids workers. */
async function gather(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  kernels: Kernels,
  helpers: number,
) {
  const control = newControl();
  const start = { module, memory, control };
  const started = await Promise.allSettled(
    // Async, so that whatever goes wrong is a rejection.
    Array.from({ length: helpers }, async () => startHelper(start)),
  );
  const stops = started.flatMap((one): Stop[] => (one.status === 'fulfilled' ? [one.value] : []));
  if (stops.length === 0) return null;
  return {
    helpers: stops.length,
    run: (program: number, from: number, end: number): void => {
      runShared({ control, memory, kernels }, program, from, end);
    },
    stop: (): void => {
      for (const stop of stops) stop();
    },
  };
}
