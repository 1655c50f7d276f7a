import type { FoldedWeights } from '../../../checkpoints/index.ts';
import { createNetwork } from '../../../engine/network.ts';
import { openTeam, type Copy, type CopyOrder, type Team } from '../../../recount/team.ts';
import type { Layer } from '../../../regnet/index.ts';
import { startThread } from '../asking.ts';
import type { Question } from './thread.ts';

/** Opens a network in WebAssembly on so many threads: a copy on each, or one on all. */
export function openCopies(
  layers: readonly Layer[],
  weights: FoldedWeights,
  threads: number,
): Promise<Team> {
  const backend = 'wasm';
  return openTeam({ layers, weights, backend }, threads, startCopy, () =>
    createNetwork(layers, weights, backend, { threads }),
  );
}

async function startCopy(order: CopyOrder): Promise<Copy> {
  const entry = new URL('./thread.ts', import.meta.url);
  const thread = startThread<Question, Float32Array>(entry, order);
  // Rejects where its network cannot be opened; the thread is gone then.
  await thread.ask(null);
  return {
    probabilities: (pixels, batch = 1) => thread.ask({ pixels, batch }),
    stop: () => void thread.stop(),
  };
}
