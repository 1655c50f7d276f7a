/** The page's end of `serve.ts`: notices when a worker is gone without a word. */
import type { Remote } from 'comlink';
import type { Alive } from './serve.ts';

const PING_MS = 5000;
/** Without locks a thread that computes cannot be told from one that is gone, but by patience. */
const PATIENCE_PINGS = 60;

/**
 * Calls `onLoaded` once the worker's code runs and `onDeath` when the worker is gone, until the
 * signal aborts. With locks that is at once; without them after five minutes of silence.
 */
export async function watchLife(
  remote: Remote<Alive>,
  signal: AbortSignal,
  { onLoaded, onDeath }: { readonly onLoaded: () => void; readonly onDeath: () => void },
): Promise<void> {
  const name = await remote.holdLock();
  onLoaded();
  if (name === null) {
    ping(remote, signal, onDeath);
    return;
  }
  try {
    await navigator.locks.request(name, { signal }, onDeath);
  } catch {
    // Nobody wants to know any more.
  }
}

function ping(remote: Remote<Alive>, signal: AbortSignal, onDeath: () => void): void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered === 0)
      void remote.ping().then(() => {
        unanswered = 0;
      });
    unanswered++;
    if (unanswered <= PATIENCE_PINGS) return;
    clearInterval(timer);
    onDeath();
  }, PING_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
}
