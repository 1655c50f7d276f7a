/** What goes wrong on the GPU comes to light later, and never where it was asked for. */
import { EngineError } from '../../../threads/errors.ts';

export const GPU_LOST =
  'The browser took the graphics processor away from this page: load the network again.';

const NO_MEMORY =
  'This graphics processor has not enough memory for the network: close other pages, or take a smaller variant or another way to compute.';

/** Tells what is wrong in a sentence. */
export function failureOf(error: GPUError): EngineError {
  return error instanceof GPUOutOfMemoryError
    ? new EngineError('too-large', NO_MEMORY, { cause: error })
    : new EngineError(
        'internal',
        `The graphics processor refused the work (${error.message}). Choose another way to compute.`,
        { cause: error },
      );
}

export interface Checks {
  /** Does something on the GPU of which it will be known whether it worked. */
  readonly guard: <T>(work: () => T) => T;
  /** Resolves when all is known so far. */
  readonly settled: () => Promise<void>;
}

/** Calls back with what goes wrong inside of `guard`; the rest is the device's `uncapturederror`. */
export function checksOf(gpu: GPUDevice, onFailure: (failure: EngineError) => void): Checks {
  const open = new Set<Promise<void>>();
  const close = (): void => {
    const one = gpu.popErrorScope().then(
      (error) => {
        if (error) onFailure(failureOf(error));
      },
      // A lost device tells of that in its own way.
      () => undefined,
    );
    open.add(one);
    void one.then(() => open.delete(one));
  };
  return {
    guard(work) {
      gpu.pushErrorScope('out-of-memory');
      gpu.pushErrorScope('validation');
      try {
        return work();
      } finally {
        close();
        close();
      }
    },
    settled: async () => {
      await Promise.all(open);
    },
  };
}
