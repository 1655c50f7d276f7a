/** What the guide to the counts shows: sums by operator, and the field's numbers beside ours. */
import {
  networkOf,
  COSTS,
  type Complexity,
  type Cost,
  type Layer,
  type Role,
} from '../../regnet/index.ts';
import { models, type Model } from '../../zoo/models.ts';
import { citation, citations, type Citation } from '../../zoo/results.ts';
import { mmpretrain, pycls, seed } from '../../zoo/sources.ts';

/** The operators in the order of execution, under the names that the charts use. */
export const OPERATORS: readonly (readonly [Role, string])[] = [
  ['stem', 'stem, 3×3'],
  ['conv1', '1×1 in'],
  ['conv2', 'grouped 3×3'],
  ['conv3', '1×1 out'],
  ['downsample', 'projection, 1×1'],
  ['head', 'head'],
];

/** Costs of a network summed by operator. */
export function costsByOperator(layers: readonly Layer[]): (Complexity & { name: string })[] {
  return OPERATORS.map(([role, name]) => {
    const own = layers.filter((layer) => layer.role === role);
    const sum = (cost: Cost) => own.reduce((total, layer) => total + layer[cost], 0);
    return { name, params: sum('params'), flops: sum('flops'), acts: sum('acts') };
  });
}

/** A count of ours beside the one that pycls publishes. */
export interface Agreement {
  readonly model: Model;
  readonly counts: readonly { cost: Cost; ours: number; published: Citation; equal: boolean }[];
}

/** Three counts of the twelve against pycls's exact ones. */
export function agreements(): Agreement[] {
  return models.map((model) => {
    const { complexity } = networkOf(model.design);
    const counts = COSTS.map((cost) => {
      const published = citation(pycls, model.id, cost);
      const ours = complexity[cost];
      return { cost, ours, published, equal: ours === published.figure.value };
    });
    return { model, counts };
  });
}

/** A count that the seed prints in millions or thousand millions, with three decimals. */
export interface SeedCount {
  readonly model: Model;
  readonly cost: 'params' | 'flops';
  readonly printed: Citation;
  /** Ours in the same unit. */
  readonly exact: number;
  /** Whether the printed one is ours, rounded. */
  readonly rounds: boolean;
}

/** The 24 counts of the seed's table. */
export function seedCounts(): SeedCount[] {
  return models.flatMap((model) => {
    const { complexity } = networkOf(model.design);
    return (['params', 'flops'] as const).map((cost) => {
      const printed = citation(seed, model.id, cost);
      const exact = complexity[cost] / (cost === 'params' ? 1e6 : 1e9);
      const rounds = Math.abs(printed.figure.value - exact) <= 0.0005 + 1e-12;
      return { model, cost, printed, exact, rounds };
    });
  });
}

/**
 * Multiply-adds as MMPretrain's tool counts FLOPs: two more for every element that passes a batch
 * norm, one for every element that passes a ReLU or enters the pooling, none for the bias of the
 * classifier (mmcv/cnn/utils/flops_counter.py).
 */
export function mmcvFlops(layers: readonly Layer[]): number {
  return layers.reduce((total, { op, relu, flops, cin, cout, hin, win, hout, wout }) => {
    const out = cout * hout * wout;
    if (op === 'conv') return total + flops + 2 * out + (relu ? out : 0);
    return total + (op === 'pool' ? cin * hin * win : cin * cout);
  }, 0);
}

/** A row of MMPretrain's table beside our counts. */
export interface MmpretrainRow {
  readonly model: Model;
  readonly params: Citation;
  readonly flops: Citation;
  readonly ours: Complexity;
  /** Our layer list, counted in MMPretrain's way. */
  readonly mmcv: number;
}

/** The variants that MMPretrain has. */
export function mmpretrainRows(): MmpretrainRow[] {
  return models.flatMap((model) => {
    const [params] = citations(mmpretrain, model.id, 'params');
    const [flops] = citations(mmpretrain, model.id, 'flops');
    if (!params || !flops) return [];
    const { layers, complexity } = networkOf(model.design);
    return [{ model, params, flops, ours: complexity, mmcv: mmcvFlops(layers) }];
  });
}
