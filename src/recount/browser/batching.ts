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
 * largest map. A size that the device cannot hold ends the trial; rejects where one picture is too much.
 */
export async function quickestBatch(
  network: Pick<Network, 'probabilities'>,
  values: number,
  largestMap: number,
  now: () => number = () => performance.now(),
): Promise<number> {
  let best = { size: 1, msPerPicture: Infinity };
  const end = now() + BUDGET_MS;
  for (const size of SIZES) {
    if (size > 1 && size * MAPS * 4 * largestMap > MOST_BYTES) break;
    const ms = await passOf(network, size, values, now).catch((error: unknown) => {
      if (size === 1) throw error;
      return Infinity;
    });
    if (ms === Infinity) break;
    const msPerPicture = ms / size;
    if (msPerPicture < best.msPerPicture) best = { size, msPerPicture };
    if (now() > end) break;
  }
  return best.size;
}

/** Milliseconds of the second pass of a size. */
async function passOf(
  network: Pick<Network, 'probabilities'>,
  size: number,
  values: number,
  now: () => number,
): Promise<number> {
  const input = new Float32Array(size * values);
  await network.probabilities(input, size);
  const start = now();
  await network.probabilities(input, size);
  return now() - start;
}
