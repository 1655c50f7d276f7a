import { line } from 'd3-shape';
import type { Network } from '../../regnet/index.ts';
import { r } from '../shared/svg.ts';
import { blocksOf } from '../stage-widths/blocks.ts';

/** The size of a picture, in the units of its view box. */
export interface RuleSize {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 6;
/** Deeper networks are drawn by every so manieth of their blocks. */
const MOST_BARS = 128;

/** One block as a bar, and what the rule makes of it. */
export interface RuleBar {
  readonly stage: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the line passes its middle. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface RuleGeometry {
  readonly width: number;
  readonly height: number;
  readonly baseline: number;
  readonly bars: readonly RuleBar[];
  /** The linear rule. */
  readonly line: string;
  /** The tops of the bars as one path. */
  readonly staircase: string;
}

/** A line through the blocks of a network, the staircase that quantisation makes of it, the blocks. */
export function ruleGeometry(network: Network, { width, height }: RuleSize): RuleGeometry {
  const every = Math.ceil(network.design.depth / MOST_BARS);
  const blocks = blocksOf(network).filter((_, i) => i % every === 0);
  const most = Math.max(...blocks.flatMap((block) => [block.width, block.continuous]));
  const step = (width - 2 * MARGIN) / blocks.length;
  const baseline = height - MARGIN;
  const y = (channels: number) => r(baseline - (channels / most) * (baseline - MARGIN));
  const bars = blocks.map((block, i): RuleBar => {
    const x = MARGIN + i * step;
    return {
      stage: block.stage,
      x: r(x),
      y: y(block.width),
      width: r(step * 0.88),
      height: r(baseline - y(block.width)),
      at: { x: r(x + step * 0.44), y: y(block.continuous) },
    };
  });
  const [first, last] = [bars.at(0), bars.at(-1)];
  const ends = first && last ? [first.at, last.at] : [];
  return {
    width,
    height,
    baseline,
    bars,
    line:
      line<RuleBar['at']>()
        .x(({ x }) => x)
        .y((point) => point.y)(ends) ?? '',
    staircase: bars
      .map(({ x, y: tread, width: run }, i) =>
        i === 0 ? `M${x},${tread}H${r(x + run)}` : `H${x}V${tread}H${r(x + run)}`,
      )
      .join(''),
  };
}
