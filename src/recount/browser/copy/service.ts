/** A copy of a network on a thread of its own. */
import { createNetwork, type Network } from '../../../engine/network.ts';
import { EngineError } from '../../../threads/errors.ts';
import { serve } from '../../../threads/serve.ts';
import type { CopyOrder } from '../../team.ts';

let network: Network | null = null;

const api = {
  open: async ({ layers, weights, backend }: CopyOrder): Promise<void> => {
    network = await createNetwork(layers, weights, backend, { threads: 1 });
  },
  /** Of a batch of pictures, row after row. */
  probabilities: (pixels: Float32Array, batch: number): Promise<Float32Array> => {
    if (!network) throw new EngineError('internal', 'No network was given to this thread.');
    return network.probabilities(pixels, batch);
  },
};

export type CopyApi = typeof api;

serve(api);
