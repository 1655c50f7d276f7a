/** How long each dispatch takes on the GPU. */
import type { Profile } from '../../backend.ts';
import { encode, type Dispatch } from './device.ts';
import { copyOut } from './reading.ts';
import { COPY_SRC, QUERY_RESOLVE } from './usage.ts';

/** Milliseconds of each dispatch: by the GPU's own clock where there is one, else by repeats. */
export async function profileDispatches(
  gpu: GPUDevice,
  dispatches: readonly Dispatch[],
): Promise<Profile> {
  const byGpu = gpu.features.has('timestamp-query') ? await timeByGpu(gpu, dispatches) : null;
  if (byGpu) return { method: 'timer-query', ms: byGpu };
  const ms: number[] = [];
  for (const dispatch of dispatches) ms.push(await timeByRepeats(gpu, dispatch));
  return { method: 'repeats', ms };
}

/** Passes over all dispatches that the mean is taken of. */
const ROUNDS = 5;
/**
 * Browsers round timestamps to 100 microseconds, which is longer than most layers take: each is
 * repeated so often that a round takes about this long, if that is no more than so many times.
 */
const ROUND_MS = 100;
const MOST_REPEATS = 256;
/** Two timestamps for each dispatch, and 4096 in a set: no network here has as many layers. */
const MOST_DISPATCHES = 2048;

/** Null where the clock stands still, or there are too many dispatches. */
async function timeByGpu(
  gpu: GPUDevice,
  dispatches: readonly Dispatch[],
): Promise<number[] | null> {
  if (dispatches.length > MOST_DISPATCHES) return null;
  const count = 2 * dispatches.length;
  const querySet = gpu.createQuerySet({ type: 'timestamp', count });
  const stamps = gpu.createBuffer({ size: count * 8, usage: QUERY_RESOLVE | COPY_SRC });
  const round = async (repeats: number): Promise<number[]> => {
    const encoder = gpu.createCommandEncoder();
    for (const [i, dispatch] of dispatches.entries())
      encode(encoder, [dispatch], {
        repeats,
        timestampWrites: {
          querySet,
          beginningOfPassWriteIndex: 2 * i,
          endOfPassWriteIndex: 2 * i + 1,
        },
      });
    encoder.resolveQuerySet(querySet, 0, count, stamps, 0);
    const copied = copyOut(gpu, encoder, stamps, stamps.size);
    gpu.queue.submit([encoder.finish()]);
    const nanoseconds = new BigInt64Array(await copied());
    return dispatches.map((_, i) => {
      const took = (nanoseconds[2 * i + 1] ?? 0n) - (nanoseconds[2 * i] ?? 0n);
      return Number(took) / 1e6 / repeats;
    });
  };
  try {
    const start = performance.now();
    await round(1);
    const repeats = Math.ceil(ROUND_MS / Math.max(performance.now() - start, 0.1));
    const rounds: number[][] = [];
    while (rounds.length < ROUNDS) rounds.push(await round(Math.min(repeats, MOST_REPEATS)));
    // Of rounded times the mean is nearer the truth than the median.
    const means = dispatches.map((_, i) =>
      Math.max(0, rounds.reduce((sum, ms) => sum + (ms[i] ?? 0), 0) / ROUNDS),
    );
    return means.every((ms) => ms === 0) ? null : means;
  } finally {
    querySet.destroy();
    stamps.destroy();
  }
}

/** A dispatch is repeated until it has taken so long, so that the waiting weighs little. */
const LONG_ENOUGH_MS = 12;

async function timeByRepeats(gpu: GPUDevice, dispatch: Dispatch): Promise<number> {
  for (let repeats = 1; ; repeats *= 4) {
    const start = performance.now();
    const encoder = gpu.createCommandEncoder();
    encode(encoder, [dispatch], { repeats });
    gpu.queue.submit([encoder.finish()]);
    await gpu.queue.onSubmittedWorkDone();
    const elapsed = performance.now() - start;
    if (elapsed >= LONG_ENOUGH_MS || repeats >= MOST_REPEATS) return elapsed / repeats;
  }
}
