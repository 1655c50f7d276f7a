import {
  MAX_DEPTH,
  sameStages,
  stagesOf,
  validateDesign,
  type Design,
  type Stage,
} from './design.ts';

/** w_m is tried from just above 1 to where neighbouring stages would be four times as wide. */
const MULTIPLIERS = Array.from({ length: 300 }, (_, i) => (101 + i) / 100);
const WIDTH_QUANTUM = 8;

/** Wider first stages are no design's in use; the search grows with the first stage's width. */
const MAX_FIRST_WIDTH = 4096;
/** What the search may look at, in stages and blocks: less than a tenth of a second. */
const MAX_STEPS = 200_000;

/** A stage's width, and its first and last block, counted from 0. */
interface Run {
  readonly width: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Design parameters that make these stages, or null when the rule of the family cannot, or not within
 * the limits above: stages may come from a file. The inverse of `stagesOf` is not unique; of all w_0
 * and w_m (to hundredths) the pair is taken that leaves w_a the widest relative choice, with w_a in
 * the middle of it. For a given w_0 and w_m each stage's exponent is known from its width, and u_j
 * must round to it in the stage's first and last block: an interval of w_a a stage.
 */
export function designFor(stages: readonly Stage[]): Design | null {
  const depth = stages.reduce((sum, stage) => sum + stage.depth, 0);
  const groupWidth = stages.reduce((most, stage) => Math.max(most, stage.groupWidth), 0);
  const first = stages[0]?.width ?? 0;
  if (depth > MAX_DEPTH || first > MAX_FIRST_WIDTH) return null;
  const runs = runsOf(stages);
  let steps = 0;
  let best: { design: Design; room: number } | null = null;
  for (let w0 = WIDTH_QUANTUM; w0 <= first + groupWidth; w0 += WIDTH_QUANTUM)
    for (const wm of MULTIPLIERS) {
      const [low, high, looked] = slopes(runs, w0, wm);
      steps += looked;
      if (steps > MAX_STEPS) return best?.design ?? null;
      const room = (high - low) / (high + low);
      if (!(high > low) || (best && room <= best.room)) continue;
      const wa = middle(low, high);
      const design = { depth, w0, wa, wm, groupWidth };
      steps += depth;
      if (makes(design, stages)) best = { design, room };
    }
  return best?.design ?? null;
}

function runsOf(stages: readonly Stage[]): Run[] {
  let blocks = 0;
  return stages.map(({ width, depth }) => {
    const first = blocks;
    blocks += depth;
    return { width, first, last: blocks - 1 };
  });
}

/** The slopes w_a with which every block's linear width rounds to its stage's, and stages looked at. */
function slopes(runs: readonly Run[], w0: number, wm: number): [number, number, number] {
  let low = 0;
  let high = Infinity;
  const log = Math.log(wm);
  for (const [i, { width, first, last }] of runs.entries()) {
    const exponent = Math.round(Math.log(width / w0) / log);
    if (i === 0 && exponent !== 0) return [1, 0, 1];
    // The first block's width is w_0, whatever the slope.
    if (first > 0) low = Math.max(low, (w0 * (wm ** (exponent - 0.5) - 1)) / first);
    if (last > 0) high = Math.min(high, (w0 * (wm ** (exponent + 0.5) - 1)) / last);
    if (low >= high) return [low, high, i + 1];
  }
  // A single block has no slope.
  return high === Infinity ? [0, 1, 1] : [low, high, runs.length];
}

/** The middle of an interval, to as few digits as stay well within it. */
function middle(low: number, high: number): number {
  const centre = (low + high) / 2;
  const digits = Math.max(0, Math.ceil(-Math.log10((high - low) / 4)));
  return Number(centre.toFixed(Math.min(digits, 10)));
}

function makes(design: Design, wanted: readonly Stage[]): boolean {
  try {
    validateDesign(design);
  } catch {
    return false;
  }
  return sameStages(stagesOf(design), wanted);
}
