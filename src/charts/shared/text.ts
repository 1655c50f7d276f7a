import { sum } from 'd3-array';

const NARROW = new Set("fijlrtI.,:;|!'()·\u00a0 ");
const WIDE = new Set('mwMW@%');

/**
 * Width of a text in the unit of `size`, estimated a little high from the widths of Inter's
 * characters: good enough to decide whether a label fits, without a browser.
 */
export function textWidth(text: string, size: number): number {
  return size * sum(text, (char) => (NARROW.has(char) ? 0.34 : WIDE.has(char) ? 0.88 : 0.62));
}

/**
 * Moves labels along an axis so that none overlap and all stay within [low, high], each as near to
 * its wanted centre as the others allow (least squares, by pooling neighbours). Centres must not
 * fall. Returns the new centres, or null when there is not enough room for all.
 */
export function spread(
  centres: readonly number[],
  widths: readonly number[],
  [low, high]: readonly [number, number],
): number[] | null {
  const total = sum(widths);
  if (total > high - low) return null;
  // Measured from where each label would stand if all were packed to the left, positions only
  // need to be non-decreasing: an isotonic regression.
  let packed = low;
  const offsets = widths.map((width) => {
    packed += width;
    return packed - width / 2;
  });
  const pools: { sum: number; count: number }[] = [];
  for (const [index, centre] of centres.entries()) {
    let pool = { sum: centre - (offsets[index] ?? 0), count: 1 };
    for (let last = pools.at(-1); last && mean(last) > mean(pool); last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const room = high - low - total;
  return pools
    .flatMap((pool) => Array.from({ length: pool.count }, () => mean(pool)))
    .map((slack, index) => (offsets[index] ?? 0) + Math.min(Math.max(slack, 0), room));
}

function mean(pool: { sum: number; count: number }): number {
  return pool.sum / pool.count;
}
