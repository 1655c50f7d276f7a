/** How many pictures a pass takes: what is best on a device, only a trial on it tells. */
import type { Team } from '../team.ts';

const SIZES = [1, 4, 8, 16];
/** After so long no larger size is tried. */
const BUDGET_MS = 2000;
/** Bytes that the largest maps of all batches may take; at a time there are input, output, shortcut. */
const MOST_BYTES = 400e6;
const MAPS = 3;

type Trial = Pick<Team, 'copies' | 'probabilities'>;

/**
 * The size of a pass with most pictures a second, by trying them in turn, each twice: the first time
 * buffers and programs are made. `values` are the numbers of a picture, `largestMap` those of the
 * largest map. All copies of a network are tried at once. A size that the device cannot hold ends the
 * trial; rejects where one picture is too much.
 */
export async function quickestBatch(
  network: Trial,
  values: number,
  largestMap: number,
  now: () => number = () => performance.now(),
): Promise<number> {
  let best = { size: 1, msPerPicture: Infinity };
  const end = now() + BUDGET_MS;
  for (const size of SIZES) {
    if (size > 1 && size * network.copies * MAPS * 4 * largestMap > MOST_BYTES) break;
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
  network: Trial,
  size: number,
  values: number,
  now: () => number,
): Promise<number> {
  const input = new Float32Array(size * values);
  const all = () =>
    Promise.all(Array.from({ length: network.copies }, () => network.probabilities(input, size)));
  await all();
  const start = now();
  await all();
  return now() - start;
}
