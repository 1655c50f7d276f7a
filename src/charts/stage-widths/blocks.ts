import { blockWidths, type Complexity, type Network } from '../../regnet/index.ts';

/** Everything a reader may want to know about one block. */
export interface Block extends Complexity {
  /** timm's name: `s3.b2`. */
  readonly module: string;
  /** j, from 0. */
  readonly index: number;
  /** Stage from 1, and the block within it from 1. */
  readonly stage: number;
  readonly place: number;
  readonly width: number;
  readonly groups: number;
  readonly groupWidth: number;
  /** Height and width of the block's output in pixels. */
  readonly resolution: number;
  /** u_j, the linear rule. */
  readonly continuous: number;
  /** The width after quantisation, before groups are fitted in. */
  readonly quantised: number;
}

/** The blocks of a network in the order of execution. */
export function blocksOf({ design, stages, layers }: Network): Block[] {
  const costs = new Map<string, { params: number; flops: number; acts: number }>();
  for (const { stage, block, params, flops, acts } of layers) {
    const key = `${stage}.${block}`;
    const cost = costs.get(key) ?? { params: 0, flops: 0, acts: 0 };
    cost.params += params;
    cost.flops += flops;
    cost.acts += acts;
    costs.set(key, cost);
  }
  const widths = blockWidths(design);
  return stages
    .flatMap((stage, i) =>
      Array.from({ length: stage.depth }, (_, b) => ({ ...stage, stage: i + 1, place: b + 1 })),
    )
    .map(({ stage, place, width, groups, groupWidth, resolution }, index) => {
      const cost = costs.get(`${stage}.${place}`);
      const rule = widths[index];
      if (!cost || !rule) throw new Error(`Block ${index} of stage ${stage} has no layers.`);
      const { continuous, quantised } = rule;
      return {
        module: `s${stage}.b${place}`,
        index,
        stage,
        place,
        width,
        groups,
        groupWidth,
        resolution,
        continuous,
        quantised,
        ...cost,
      };
    });
}
