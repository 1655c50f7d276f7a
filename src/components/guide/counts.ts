/** What the guide to the counts shows: sums by operator, and the field's numbers beside ours. */
import {
  networkOf,
  COSTS,
  type Complexity,
  type Cost,
  type Layer,
  type Role,
} from '../../regnet/index.ts';
import { operationsWithNormAndRelu } from '../../zoo/audit-theories.ts';
import { auditAll, type AuditRow } from '../../zoo/audit.ts';
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

/** The 24 counts of d-li14's table, audited. */
export function seedCounts(): AuditRow[] {
  return auditAll().filter((row) => row.citation.source === seed);
}

/** A row of MMPretrain's table beside our counts. */
export interface MmpretrainRow {
  readonly model: Model;
  readonly params: Citation;
  readonly flops: Citation;
  readonly ours: Complexity;
  /** Multiply-adds plus the operations of batch norm and ReLU, as MMPretrain's tool counts FLOPs. */
  readonly operations: number;
}

/** The variants that MMPretrain has. */
export function mmpretrainRows(): MmpretrainRow[] {
  return models.flatMap((model) => {
    const [params] = citations(mmpretrain, model.id, 'params');
    const [flops] = citations(mmpretrain, model.id, 'flops');
    if (!params || !flops) return [];
    const network = networkOf(model.design);
    const operations = operationsWithNormAndRelu(network);
    return [{ model, params, flops, ours: network.complexity, operations }];
  });
}
