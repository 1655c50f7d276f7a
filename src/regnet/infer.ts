import { stagesOf, validateDesign, type Design, type Stage } from './design.ts';

/** w_m is tried from just above 1 to where neighbouring stages would be four times as wide. */
const MULTIPLIERS = Array.from({ length: 300 }, (_, i) => (101 + i) / 100);
const WIDTH_QUANTUM = 8;

/**
 * Design parameters that make these stages, or null when the rule of the family cannot. The inverse
 * of `stagesOf` is not unique; of all w_0 and w_m (to hundredths) the pair is taken that leaves w_a
 * the widest relative choice, with w_a in the middle of it. For a given w_0 and w_m each block's
 * exponent is known from its stage's width, and u_j must round to it: an interval of w_a a block.
 */
export function designFor(stages: readonly Stage[]): Design | null {
  const depth = stages.reduce((sum, stage) => sum + stage.depth, 0);
  const groupWidth = Math.max(...stages.map((stage) => stage.groupWidth));
  const widths = stages.flatMap((stage) => Array.from({ length: stage.depth }, () => stage.width));
  const [first = 0] = widths;
  let best: { design: Design; room: number } | null = null;
  for (let w0 = WIDTH_QUANTUM; w0 <= first + groupWidth; w0 += WIDTH_QUANTUM)
    for (const wm of MULTIPLIERS) {
      const [low, high] = slopes(widths, w0, wm);
      const room = (high - low) / (high + low);
      if (!(high > low) || (best && room <= best.room)) continue;
      const wa = middle(low, high);
      const design = { depth, w0, wa, wm, groupWidth };
      if (makes(design, stages)) best = { design, room };
    }
  return best?.design ?? null;
}

/** The slopes w_a with which every block's linear width rounds to its stage's. */
function slopes(widths: readonly number[], w0: number, wm: number): [number, number] {
  let low = 0;
  let high = Infinity;
  const log = Math.log(wm);
  for (const [j, width] of widths.entries()) {
    const exponent = Math.round(Math.log(width / w0) / log);
    if (j === 0 && exponent !== 0) return [1, 0];
    if (j === 0) continue;
    low = Math.max(low, (w0 * (wm ** (exponent - 0.5) - 1)) / j);
    high = Math.min(high, (w0 * (wm ** (exponent + 0.5) - 1)) / j);
    if (low >= high) break;
  }
  // A single block has no slope.
  return high === Infinity ? [0, 1] : [low, high];
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
  const made = stagesOf(design);
  return (
    made.length === wanted.length &&
    made.every((stage, i) => {
      const other = wanted[i];
      return (
        stage.width === other?.width &&
        stage.depth === other.depth &&
        stage.groupWidth === other.groupWidth
      );
    })
  );
}
