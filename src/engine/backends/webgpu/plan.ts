/**
 * How the work of a convolution is cut for a GPU: by a model of what a thread spends its time on. All
 * is kept to what every WebGPU device grants, 256 threads and 16 KiB of memory a workgroup, so that
 * several workgroups share a core and hide each other's waiting.
 */

/** Threads of a product's workgroup: blocks of outputs by pixels. */
export const PRODUCT_THREADS = [8, 8] as const;
/** Blocks of input channels that a product's workgroup keeps at a time. */
export const PRODUCT_DEPTH = 4;
/** Threads that share the input channels of one output where there are few pixels. */
export const ROW_SLICES = 32;
/** Up to so many pixels a product may go row by row: a tile would be nearly empty. */
const FEW_PIXELS = 8;

const MOST_THREADS = 256;
const MOST_BYTES = 16384;
/** What a GPU runs in step; threads that fill it up idle. */
const WAVE = 32;
/**
 * Fewer threads than this leave part of a GPU idle; a processor that renders in software has few, and
 * pays for each.
 */
export const GPU_THREADS = 8192;
export const CPU_THREADS = 256;

/** Costs beside the product of four by four numbers and four: a cell of workgroup memory, */
const READ = 0.25;
/** a cell of the GPU's memory, */
const FETCH = 2;
/** and one turn of all threads waiting for each other. */
const BARRIER = 8;

/** How a workgroup computes a convolution with a window. */
export interface WindowPlan {
  /** Neighbouring pixels of a row that a thread computes. */
  readonly pixels: number;
  /** Blocks of output channels, one a thread. */
  readonly blocks: number;
  /** Threads along a row. */
  readonly segments: number;
  readonly rows: number;
  /** Blocks of input channels that are in workgroup memory at a time. */
  readonly depth: number;
}

export interface WindowWork {
  readonly kernel: number;
  readonly stride: number;
  /** Blocks of a group's input channels. */
  readonly groupIn: number;
  /** Blocks of a group's output channels. */
  readonly groupOut: number;
  readonly groups: number;
  readonly batch: number;
  readonly hout: number;
  readonly wout: number;
  readonly cellBytes: number;
  /** Threads that keep the device busy. */
  readonly busy: number;
}

/** The cheapest way to cut a convolution with a window. Throws a RangeError for too large a window. */
export function planWindow(work: WindowWork): WindowPlan {
  const { groupOut, hout, wout, groupIn, cellBytes } = work;
  // Of channels that lie side by side, whoever brings one brings the whole 32 bytes it lies in.
  const depths = [1, 2, 4].filter((d) => d * cellBytes <= 32 && groupIn % d === 0);
  const plans = unique([16, 8, 4, 2, 1].map((n) => Math.ceil(groupOut / Math.ceil(groupOut / n))))
    .flatMap((blocks) => depths.map((depth) => ({ blocks, depth })))
    .flatMap((plan) =>
      [1, 2, 4, 7, 8].filter((pixels) => pixels < wout * 2).map((pixels) => ({ ...plan, pixels })),
    )
    .flatMap((plan) =>
      upTo(Math.ceil(wout / plan.pixels)).map((segments) => ({ ...plan, segments })),
    )
    .flatMap((plan) => upTo(hout).map((rows) => ({ ...plan, rows })))
    .filter((plan) => threadsOf(plan) <= MOST_THREADS && windowBytes(plan, work) <= MOST_BYTES);
  return cheapest(plans, (plan) => windowCost(plan, work));
}

function threadsOf({ blocks, segments, rows }: WindowPlan): number {
  return blocks * segments * rows;
}

/** Cells of one block of channels of the rectangle with its margin. */
function areaOf({ pixels, segments, rows }: WindowPlan, { kernel, stride }: WindowWork): number {
  return ((rows - 1) * stride + kernel) * ((segments * pixels - 1) * stride + kernel);
}

/** Bytes of workgroup memory. */
export function windowBytes(plan: WindowPlan, work: WindowWork): number {
  const weights = work.kernel ** 2 * 4 * plan.blocks;
  return plan.depth * (areaOf(plan, work) + weights) * work.cellBytes;
}

function windowCost(plan: WindowPlan, work: WindowWork): number {
  const { pixels, blocks, segments, rows, depth } = plan;
  const { kernel, stride, groupOut, groups, batch, hout, wout } = work;
  const threads = threadsOf(plan);
  const taps = kernel ** 2;
  const reads = kernel * ((pixels - 1) * stride + kernel) + taps * 4;
  const fetches = (areaOf(plan, work) + taps * 4 * blocks) / threads;
  const workgroups =
    batch *
    Math.ceil(wout / (segments * pixels)) *
    Math.ceil(hout / rows) *
    groups *
    Math.ceil(groupOut / blocks);
  const each = taps * pixels + READ * reads + FETCH * fetches + BARRIER / depth;
  return costOf(workgroups, threads, work.busy) * each;
}

/** How a workgroup computes a product of matrices: what each thread has of the result. */
export interface ProductPlan {
  readonly pixels: number;
  readonly blocks: number;
}

/** The cheapest way to cut a product of so many pixels and blocks of output channels. */
export function planProduct(pixels: number, blocks: number, busy: number): ProductPlan {
  const [across, down] = PRODUCT_THREADS;
  const plans = [1, 2, 4, 8].flatMap((p) => [1, 2].map((b) => ({ pixels: p, blocks: b })));
  return cheapest(plans, (plan) => {
    const tiles =
      Math.ceil(pixels / (plan.pixels * down)) * Math.ceil(blocks / (plan.blocks * across));
    const reads = plan.pixels + 4 * plan.blocks;
    const fetches = plan.pixels / across + (4 * plan.blocks) / down;
    const work = plan.pixels * plan.blocks;
    const spent = work + READ * reads + FETCH * fetches + BARRIER / PRODUCT_DEPTH;
    return costOf(tiles, across * down, busy) * spent;
  });
}

/** Whether a product goes row by row: for a few pixels, when their tiles would not fill the device. */
export function goesByRows(pixels: number, blocks: number, busy: number): boolean {
  const [across, down] = PRODUCT_THREADS;
  return pixels <= FEW_PIXELS && Math.ceil(blocks / across) * across * down < busy;
}

/** Threads whose time is spent: those that run, idle ones of a wave, and those that are missing. */
function costOf(workgroups: number, threads: number, busy: number): number {
  return Math.max(workgroups * Math.ceil(threads / WAVE) * WAVE, busy);
}

function cheapest<Plan extends object>(plans: readonly Plan[], cost: (plan: Plan) => number): Plan {
  const costs = plans.map(cost);
  const best = plans[costs.indexOf(Math.min(...costs))];
  if (best === undefined) throw new RangeError('The window is too large for a workgroup.');
  return best;
}

/** Counts of threads that cover so many, few enough to try them all. */
function upTo(count: number): number[] {
  return unique([1, 2, 4, 7, 8, 14, 16].map((n) => Math.min(n, count)));
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}
