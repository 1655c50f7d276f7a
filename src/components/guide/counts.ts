/** What the guide to the counts shows: sums by operator, and the field's numbers beside ours. */
import {
  COSTS,
  complexityOf,
  networkOf,
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

/** Costs of a network summed by what layers do, in the order of execution. */
export function costsByRole(layers: readonly Layer[]): (Complexity & { role: Role })[] {
  const roles = [...new Set(layers.filter(({ flops }) => flops > 0).map(({ role }) => role))];
  return roles.map((role) => ({
    role,
    ...complexityOf(layers.filter((layer) => layer.role === role)),
  }));
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
