/** How many pictures a pass takes: what is best on a device, only a trial on it tells. */
import type { Network } from '../../engine/network.ts';

const SIZES = [1, 4, 8, 16];
/** After so long no larger size is tried. */
const BUDGET_MS = 2000;
/** Bytes that the largest maps of a batch may take; at a time there are input, output, shortcut. */
const MOST_BYTES = 400e6;
const MAPS = 3;

/**
 * The size of a pass with most pictures a second, by trying them in turn, each twice: the first time
 * buffers and programs are made. `values` are the numbers of a picture, `largestMap` those of the
 * largest map.
 */
export async function quickestBatch(
  network: Pick<Network, 'probabilities'>,
  values: number,
  largestMap: number,
): Promise<number> {
  let best = { size: 1, msPerPicture: Infinity };
  const end = performance.now() + BUDGET_MS;
  for (const size of SIZES) {
    if (size > 1 && size * MAPS * 4 * largestMap > MOST_BYTES) break;
    const input = new Float32Array(size * values);
    await network.probabilities(input, size);
    const start = performance.now();
    await network.probabilities(input, size);
    const msPerPicture = (performance.now() - start) / size;
    if (msPerPicture < best.msPerPicture) best = { size, msPerPicture };
    if (performance.now() > end) break;
  }
  return best.size;
}
