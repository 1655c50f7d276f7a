import { models } from '../../src/zoo/models.ts';
import { ENGINES, type Contender, type EngineName, type Plan } from './types.ts';

const DEFAULT_VARIANTS = ['regnetx_002', 'regnetx_008', 'regnetx_016', 'regnetx_032'];
const DEFAULT_ENGINES = ENGINES.filter((name) => name !== 'ours/cpu');
const DEFAULT_REPEATS = 11;

/** What weights and picture are drawn from, the same for all engines. */
export const [WEIGHTS_SEED, PICTURE_SEED] = [1, 7] as const;

/** An engine that has taken so many milliseconds for a variant has repeated enough, */
const ENOUGH_MS = 4000;
/** unless its median would be of fewer times, and a single one does not take longer still. */
const LEAST_REPEATS = 3;

/** An engine that took as long for a smaller variant is not tried on the next. */
export const SLOW_MS = 10_000;

/** Whether an engine takes part in one more turn, after these times in milliseconds. */
export function takesTurn(times: readonly number[]): boolean {
  const sum = times.reduce((all, ms) => all + ms, 0);
  return sum < ENOUGH_MS || (times.length < LEAST_REPEATS && sum < LEAST_REPEATS * ENOUGH_MS);
}

/** A plan from what the command line or the address holds; throws an Error that names the culprit. */
export function planOf(options: {
  variants?: string | undefined;
  engines?: string | undefined;
  repeats?: string | undefined;
  resolution?: string | undefined;
}): Plan {
  const ids = models.map(({ id }) => id);
  return {
    variants: listOf('variants', options.variants, DEFAULT_VARIANTS, ids),
    engines: listOf<EngineName>('engines', options.engines, DEFAULT_ENGINES, ENGINES),
    repeats: countOf('repeats', options.repeats, DEFAULT_REPEATS),
    resolution: countOf('resolution', options.resolution, 224),
  };
}

function listOf<T extends string>(
  name: string,
  text: string | undefined,
  otherwise: readonly T[],
  known: readonly T[],
): readonly T[] {
  if (text === undefined) return otherwise;
  return text.split(',').map((word) => {
    const found = known.find((k) => k === word.trim());
    if (found === undefined)
      throw new Error(`${name}: there is no ${word}; there are ${known.join(', ')}.`);
    return found;
  });
}

function countOf(name: string, text: string | undefined, otherwise: number): number {
  const count = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`${name} must be a whole number from 1, not ${String(text)}.`);
  return count;
}

/** What runs on the processor runs twice: with one thread and, where there are more, with all. */
export function contendersOf(engines: readonly EngineName[], threads: number): Contender[] {
  return engines.flatMap((name): Contender[] => {
    if (!/\/(wasm|native)$/.test(name)) return [{ name, threads: null }];
    return [...new Set([1, threads])].map((n) => ({ name, threads: n }));
  });
}

/** The middle of the numbers; the mean of the two middle ones of an even count. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
