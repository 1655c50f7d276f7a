/** The design spaces of the paper (section 3 and table 1) and their sizes, from the ranges it samples. */

/** One space of the way from AnyNetX to RegNetX. */
export interface Space {
  readonly name: string;
  readonly index: string;
  readonly restriction: string;
  readonly effect: string;
  /** Degrees of freedom. */
  readonly free: number;
  /** How many networks it holds. */
  readonly size: number;
}

const STAGES = 4;
/** What a stage may choose from: depths to 16, widths to 1,024 in eights, and the two ratios. */
const DEPTHS = 16;
const WIDTHS = 1024 / 8;
const BOTTLENECKS = 3;
const GROUP_WIDTHS = 6;
/** Orders of four stages, of which an ordering keeps one. */
const ORDERS = 4 * 3 * 2;
/** The paper's estimate for each of d, w_0, w_a and w_m. */
const STEPS = 64;

const both = (DEPTHS * WIDTHS) ** STAGES;
const shared = both * BOTTLENECKS * GROUP_WIDTHS;

export const spaces: readonly Space[] = [
  {
    name: 'AnyNetX',
    index: 'A',
    restriction: 'none',
    effect: '–',
    free: 16,
    size: both * (BOTTLENECKS * GROUP_WIDTHS) ** STAGES,
  },
  {
    name: 'AnyNetX',
    index: 'B',
    restriction: 'one bottleneck ratio for all stages',
    effect: 'none',
    free: 13,
    size: both * GROUP_WIDTHS ** STAGES * BOTTLENECKS,
  },
  {
    name: 'AnyNetX',
    index: 'C',
    restriction: 'one group width for all stages',
    effect: 'none',
    free: 10,
    size: shared,
  },
  {
    name: 'AnyNetX',
    index: 'D',
    restriction: 'widths do not decrease from stage to stage',
    effect: 'better',
    free: 10,
    size: shared / ORDERS,
  },
  {
    name: 'AnyNetX',
    index: 'E',
    restriction: 'nor do depths',
    effect: 'better',
    free: 10,
    size: shared / ORDERS ** 2,
  },
  {
    name: 'RegNetX',
    index: '',
    restriction: 'widths follow a line, rounded',
    effect: 'better on average',
    free: 6,
    size: STEPS ** STAGES * BOTTLENECKS * GROUP_WIDTHS,
  },
];
