import { EngineError } from '../../errors.ts';
import type { Executor } from './device.ts';
import { kernelModule, kernelsOf, largestTile } from './kernels.ts';

/** A gibibyte: twice what the largest variant needs. Phones refuse to set more aside. */
const MAXIMUM_PAGES = 16384;

/**
 * Compiles the kernels, with fused products and sums where the browser has relaxed SIMD. Throws an
 * EngineError with code `no-wasm` where it has no SIMD.
 */
export async function openExecutor(): Promise<Executor> {
  const fused = [true, false].find((wish) => WebAssembly.validate(bytesOf(wish)));
  if (fused === undefined) throw new EngineError('no-wasm', NO_WASM);
  const module = await WebAssembly.compile(bytesOf(fused));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES });
  const kernels = kernelsOf(module, memory);
  return {
    memory,
    largestTile: largestTile(fused),
    threads: 1,
    run(steps) {
      for (const step of steps) for (const { kernel, args } of step) kernels[kernel]?.(...args);
    },
  };
}

function bytesOf(fused: boolean): Uint8Array<ArrayBuffer> {
  return kernelModule({ shared: false, maximum: MAXIMUM_PAGES, fused });
}

const NO_WASM =
  'This browser has no WebAssembly with SIMD, on which the network would run: update it, or use a current Chrome, Edge, Firefox or Safari.';
