/** Waiting for the GPU without blocking the thread. */
import { EngineError } from '../../../threads/errors.ts';

export const CONTEXT_LOST =
  'The browser took the graphics processor away from this page: load the network again.';

/**
 * Resolves when the GPU has done all that was asked of it so far. Browsers tell about a fence only
 * after the script has yielded: for short work in every task, then about once a millisecond. Throws
 * an EngineError with code `context-lost` when there is nothing to wait for any more, and `closed`'s
 * reason once that is aborted.
 */
export async function finished(gl: WebGL2RenderingContext, closed: AbortSignal): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const patience = performance.now() + EAGER_MS;
  for (;;) {
    await (performance.now() < patience ? nextTask() : sleep());
    closed.throwIfAborted();
    // A lost context may have lost the fence before it says so: then there is nothing to wait for.
    const status = fence ? gl.clientWaitSync(fence, 0, 0) : gl.WAIT_FAILED;
    if (status === gl.WAIT_FAILED) throw new EngineError('context-lost', CONTEXT_LOST);
    if (status !== gl.TIMEOUT_EXPIRED) break;
  }
  gl.deleteSync(fence);
}

const EAGER_MS = 3;

/** Resolves in a task of its own, at once: a message, unlike a timer, is never held back. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** About a millisecond; a timer set by a timer would wait four. */
export async function sleep(): Promise<void> {
  await nextTask();
  await new Promise((resolve) => setTimeout(resolve, 1));
}
