/**
 * How numbers are written, everywhere. Counts have an SI prefix and four significant digits (three
 * where a label is short of room), shares whole per cents, accuracies two decimals.
 */
import { format } from 'd3-format';
import { formatInteger } from '../../zoo/integers.ts';

export { formatInteger };

const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

/** A count with an SI prefix: `199.0 M`, `2.685 M`, `31.74 G`; below ten thousand exactly. */
export function formatCount(count: number, digits: 3 | 4 = 4): string {
  if (Math.abs(count) < 10_000) return formatInteger(count);
  const text = format(`.${digits}s`)(count);
  return `${text.slice(0, -1)}${NO_BREAK_SPACE}${text.slice(-1)}`;
}

/** A tick of an axis: as few digits as the value needs, `200 M`, `1.5 G`, `0`. */
export function formatTick(count: number): string {
  return format('~s')(count).replace(/([a-zA-Z])$/, `${NO_BREAK_SPACE}$1`);
}

/** A fraction of 1 as a percentage: `55%`, below ten `9.7%`, and `<0.1%` rather than `0.0%`. */
export function formatShare(fraction: number): string {
  const percent = fraction * 100;
  if (percent === 0) return '0%';
  if (percent < 0.05) return '<0.1%';
  return percent < 9.95 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
}

/** An accuracy in percent: `68.21%`. */
export function formatAccuracy(percent: number): string {
  return `${percent.toFixed(2)}%`;
}

/** A signed difference in percentage points, with a true minus: `−0.70`, `+0.05`, `0.00`. */
export function formatDifference(points: number): string {
  const size = Math.abs(points).toFixed(2);
  if (Number(size) === 0) return size;
  return `${points < 0 ? MINUS : '+'}${size}`;
}

/** A square map in pixels: `56×56`. */
export function formatResolution(pixels: number): string {
  return `${pixels}×${pixels}`;
}

/** `1 block`, `7 blocks`. */
export function plural(count: number, noun: string): string {
  return `${formatInteger(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A file's size in decimal units: `5.5 MB`, `432 MB`, `812 kB`. */
export function formatBytes(bytes: number): string {
  const [unit, size] = bytes >= 1e6 ? ['MB', bytes / 1e6] : ['kB', bytes / 1e3];
  return `${size < 99.5 ? size.toFixed(1) : Math.round(size)}${NO_BREAK_SPACE}${unit}`;
}

/** A time a picture, three digits: `33.1 µs`, `8.05 ms`. */
export function formatMilliseconds(ms: number): string {
  const [unit, value] = ms < 1 ? ['µs', ms * 1000] : ['ms', ms];
  return `${Number(value.toPrecision(3))}${NO_BREAK_SPACE}${unit}`;
}

/** Pictures a second, three digits and thousands separators: `30,200`, `124`, `9.87`. */
export function formatRate(perSecond: number): string {
  return format(',')(Number(perSecond.toPrecision(3)));
}
