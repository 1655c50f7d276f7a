/** The first five of a row of probabilities. */
import { RecountError } from './errors.ts';

const FIVE = 5;

/**
 * The five most probable classes in falling order, the lower index first among equals, and their
 * probabilities. Throws a RecountError where they are no finite numbers, which only a device that
 * computes wrongly gives.
 */
export function topFive(row: Float32Array): { top5: number[]; probabilities: number[] } {
  const top5: number[] = [];
  const at = (index: number | undefined): number => row[index ?? -1] ?? -Infinity;
  for (const [index, probability] of row.entries()) {
    if (!Number.isFinite(probability))
      throw new RecountError(
        'The network gave values that are no numbers on this device. Choose another way to compute.',
      );
    if (top5.length === FIVE && probability <= at(top5[FIVE - 1])) continue;
    const place = top5.findIndex((other) => probability > at(other));
    top5.splice(place < 0 ? top5.length : place, 0, index);
    top5.length = Math.min(top5.length, FIVE);
  }
  return { top5, probabilities: top5.map(at) };
}
