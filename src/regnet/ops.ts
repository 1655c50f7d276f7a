import { evaluate, type Factor, type Formula } from './formula.ts';

/**
 * `conv` is a convolution without bias followed by batch norm, padded by (kernel - 1) / 2 on every
 * side; `pool` is the global average; `fc` a matrix product with bias.
 */
export type Op = 'conv' | 'pool' | 'fc';

/** The three costs that the paper and pycls report. */
export interface Complexity {
  /** Weights, batch norm's scale and shift, and biases. */
  readonly params: number;
  /** Multiply-adds, as the paper and pycls count "flops"; the bias of `fc` counts, batch norm not. */
  readonly flops: number;
  /** Output elements; only convolutions and `fc` count (pycls's "acts"). */
  readonly acts: number;
}

export type Cost = keyof Complexity;
export const COSTS = ['flops', 'params', 'acts'] as const satisfies readonly Cost[];

/** What an operator works on: channels, and the pixels of its output. */
export interface Shape {
  readonly op: Op;
  readonly kernel: number;
  readonly groups: number;
  readonly cin: number;
  readonly cout: number;
  readonly hout: number;
  readonly wout: number;
}

/** All that there is to know of an operator; nothing else asks which one a layer has. */
export interface Operator {
  /** Whether its output is a map, with a place for each pixel. */
  readonly map: boolean;
  /** The weight's shape in PyTorch's order; null for an operator without weights. */
  readonly weight: ((shape: Shape) => readonly number[]) | null;
  /** Whether batch norm follows, which folds into weight and bias; else the bias is its own. */
  readonly norm: boolean;
  /**
   * How a cost comes about, as pycls counts it (pycls/models/blocks.py, `conv2d_cx`, `norm2d_cx` and
   * `linear_cx`). What costs nothing is the empty sum.
   */
  readonly formula: (shape: Shape, cost: Cost) => Formula;
}

/** One row an operator. */
export const OPERATORS: Readonly<Record<Op, Operator>> = {
  conv: {
    map: true,
    weight: ({ kernel, groups, cin, cout }) => [cout, cin / groups, kernel, kernel],
    norm: true,
    formula: (shape, cost) => {
      const { kernel, groups, cin, cout, hout, wout } = shape;
      const pixels: Factor[] = [{ value: hout }, { value: wout, counts: 'pixels' }];
      const channels: Factor = { value: cout, counts: 'channels out' };
      if (cost === 'acts') return [[channels, ...pixels]];
      const input = groups > 1 ? 'channels a group' : 'channels in';
      const inputs: Factor = { value: cin / groups, counts: input };
      const weights: Factor[] = [{ value: kernel }, { value: kernel }, inputs, channels];
      if (cost === 'flops') return [[...weights, ...pixels]];
      return [weights, [{ value: 2 }, { value: cout, counts: 'of batch norm' }]];
    },
  },
  pool: { map: false, weight: null, norm: false, formula: () => [] },
  fc: {
    map: false,
    weight: ({ cin, cout }) => [cout, cin],
    norm: false,
    formula: ({ cin, cout }, cost) => {
      const classes: Factor = { value: cout, counts: 'classes' };
      if (cost === 'acts') return [[classes]];
      return [
        [{ value: cin, counts: 'channels in' }, classes],
        [{ value: cout, counts: 'biases' }],
      ];
    },
  },
};

/** How a layer's cost comes about; it evaluates to what the layer says. */
export function formulaOf(shape: Shape, cost: Cost): Formula {
  return OPERATORS[shape.op].formula(shape, cost);
}

/** A layer's three costs. */
export function costsOf(shape: Shape): Complexity {
  const cost = (which: Cost) => evaluate(formulaOf(shape, which));
  return { params: cost('params'), flops: cost('flops'), acts: cost('acts') };
}

/** The shape of a layer's weight in PyTorch's order, null where it has none. */
export function weightShape(shape: Shape): readonly number[] | null {
  return OPERATORS[shape.op].weight?.(shape) ?? null;
}

/** Whether a layer has weights. */
export function hasWeights({ op }: Pick<Shape, 'op'>): boolean {
  return OPERATORS[op].weight !== null;
}

/** The numbers of a layer's weight, without bias and batch norm; 0 where it has none. */
export function weightCount(shape: Shape): number {
  return weightShape(shape)?.reduce((product, length) => product * length, 1) ?? 0;
}

/** Whether batch norm follows a layer. */
export function hasNorm({ op }: Pick<Shape, 'op'>): boolean {
  return OPERATORS[op].norm;
}
