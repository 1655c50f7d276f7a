import {
  complexityOf,
  networkOf,
  type Cost,
  type Design,
  type Layer,
  type Network,
} from '../regnet/index.ts';
import { layersWithHalvesUp } from './halves-up.ts';
import { modelOf, models } from './models.ts';
import { citations, type Citation } from './results.ts';
import type { Source } from './schema.ts';
import { mmpretrain, pycls, seed, timm, torchvision } from './sources.ts';

/** How a published count compares with the recomputed one. */
export type Finding =
  /** Equal to the last integer. */
  | 'exact'
  /** Equal once the recomputed count is rounded to the digits printed. */
  | 'rounded'
  /** Equal once the recomputed count is cut, not rounded, to the digits printed. */
  | 'cut'
  /** Different, for a known reason. */
  | 'explained'
  /** Different, and nobody knows why. */
  | 'unexplained';

/** One published count beside ours. */
export interface AuditRow {
  readonly citation: Citation;
  readonly cost: Cost;
  /** The published count in ones. */
  readonly published: number;
  /** The count from the design parameters at 224 px and 1000 classes, in ones. */
  readonly recomputed: number;
  readonly finding: Finding;
  /** Why it differs; null when it does not. */
  readonly reason: string | null;
}

const SCALES: Readonly<Record<string, number>> = { '1': 1, M: 1e6, G: 1e9 };

/** A metric of a source that prints a cost, and the value of its last printed digit in ones. */
interface Column {
  readonly source: Source;
  readonly metric: string;
  readonly cost: Cost;
  readonly quantum: number;
}

const column = (source: Source, metric: string, cost: Cost, quantum: number): Column => ({
  source,
  metric,
  cost,
  quantum,
});

const COLUMNS: readonly Column[] = [
  column(pycls, 'params', 'params', 1),
  column(pycls, 'flops', 'flops', 1),
  column(pycls, 'acts', 'acts', 1),
  column(pycls, 'params_as_printed', 'params', 1e5),
  column(pycls, 'flops_as_printed', 'flops', 1e8),
  column(pycls, 'acts_as_printed', 'acts', 1e5),
  column(seed, 'params', 'params', 1e3),
  column(seed, 'flops', 'flops', 1e6),
  column(torchvision, 'params', 'params', 1),
  column(timm, 'params', 'params', 1e4),
  column(mmpretrain, 'params', 'params', 1e4),
  column(mmpretrain, 'flops', 'flops', 1e7),
];

/**
 * Multiply-adds plus two operations an output for batch norm and one for each ReLU: a common way of
 * counting, and the one that reproduces MMPretrain's table.
 */
export function operationsWithNormAndRelu({ layers }: Network): number {
  return sum(layers, (l) => l.flops + (l.op === 'conv' ? l.acts * (l.relu ? 3 : 2) : 0));
}

function equalAt(quantum: number, published: number, count: number): Finding | null {
  if (published === count) return 'exact';
  const digits = Math.round(published / quantum);
  if (quantum === 1) return null;
  if (Math.round(count / quantum) === digits) return 'rounded';
  return Math.floor(count / quantum) === digits ? 'cut' : null;
}

/** Another way of counting, and what it is called. */
interface Theory {
  readonly count: number;
  readonly reason: string;
}

/** What could make a source's count of `cost` differ from ours, likeliest first. */
function theories({ source, cost }: Column, design: Design): Theory[] {
  const network = networkOf(design);
  const counts = network.complexity;
  const operations = operationsWithNormAndRelu(network);
  const pooled = sum(network.layers, (l) => (l.op === 'pool' ? l.cin * l.hin * l.win : 0));
  const all: Theory[] = [];
  if (source === torchvision || source === timm)
    all.push({
      count: complexityOf(layersWithHalvesUp(design))[cost],
      reason:
        'Another network: torchvision rounds halves up, which makes the last stage 400 wide instead of 384.',
    });
  if (cost === 'flops')
    all.push(
      {
        count: counts.flops + pooled,
        reason: 'Counts one addition more for each input of the average pooling.',
      },
      {
        count: operations,
        reason:
          'Counts more: two operations an output for batch norm and one for each ReLU reproduce the figure.',
      },
    );
  // 15.30 M and 3.21 G, written as 3.21 M and 1.53 G.
  if (source === mmpretrain)
    all.push({
      count: cost === 'flops' ? counts.params * 100 : operations / 1000,
      reason:
        'The row’s two columns are interchanged: parameters stand under FLOPs, and FLOPs under parameters.',
    });
  return all.filter((theory) => theory.count !== counts[cost]);
}

function audit(column: Column, citation: Citation): AuditRow {
  const { figure } = citation;
  const published = Math.round(figure.value * (SCALES[figure.unit] ?? Number.NaN));
  const { design } = modelOf(figure.model);
  const recomputed = networkOf(design).complexity[column.cost];
  const equal = equalAt(column.quantum, published, recomputed);
  const reason = equal
    ? null
    : (theories(column, design).find(({ count }) => equalAt(column.quantum, published, count))
        ?.reason ?? null);
  const finding = equal ?? (reason === null ? 'unexplained' : 'explained');
  return { citation, cost: column.cost, published, recomputed, finding, reason };
}

/** Every published parameter, multiply-add and activation count beside the recomputed one. */
export function auditAll(): AuditRow[] {
  return COLUMNS.flatMap((c) =>
    models.flatMap(({ id }) => citations(c.source, id, c.metric).map((found) => audit(c, found))),
  );
}

/**
 * The audit, for the build: throws when our own count differs from one of pycls's 36 exact ones,
 * because then nothing on the site can be trusted.
 */
export function auditOrThrow(): AuditRow[] {
  const rows = auditAll();
  const wrong = rows.filter(
    (row) =>
      row.citation.source === pycls &&
      row.citation.figure.metric === row.cost &&
      row.finding !== 'exact',
  );
  if (wrong.length > 0)
    throw new Error(
      `Our own counts are wrong: ${wrong
        .map((r) => `${r.citation.figure.model} ${r.cost} ${r.recomputed}, pycls ${r.published}`)
        .join('; ')}.`,
    );
  return rows;
}

function sum(layers: readonly Layer[], value: (layer: Layer) => number): number {
  return layers.reduce((total, layer) => total + value(layer), 0);
}
