import type { FoldedWeights } from '../../../src/checkpoints/fold.ts';
import type { BackendName } from '../../../src/engine/backend.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import type { Layer } from '../../../src/regnet/index.ts';
import type { Runner } from '../types.ts';

export function openOurs(
  layers: readonly Layer[],
  weights: FoldedWeights,
  backend: BackendName,
  threads: number | null,
): Promise<Runner> {
  return createNetwork(layers, weights, backend, threads === null ? {} : { threads });
}
