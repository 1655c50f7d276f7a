import { blockWidths, type Network } from '../../regnet/index.ts';
import { blocksOf, type Block } from '../stage-widths/blocks.ts';

/** A block with every step that leads from the linear rule to its width. */
export interface Step extends Block {
  /** s_j = log(u_j / w_0) / log(w_m). */
  readonly exact: number;
  /** k_j, s_j rounded. */
  readonly exponent: number;
  /** w_0 * w_m^k_j, before it is rounded to a multiple of 8. */
  readonly power: number;
}

/** The blocks of a network with the steps of their quantisation, in the order of execution. */
export function stepsOf(network: Network): Step[] {
  const { w0, wm } = network.design;
  const widths = blockWidths(network.design);
  return blocksOf(network).map((block) => {
    const exponent = widths[block.index]?.exponent ?? 0;
    const exact = Math.log(block.continuous / w0) / Math.log(wm);
    return { ...block, exact, exponent, power: w0 * wm ** exponent };
  });
}
