import { networkOf, type Cost } from '../regnet/index.ts';
import { theories } from './audit-theories.ts';
import { modelOf, models } from './models.ts';
import { citations, type Citation } from './results.ts';
import type { Source } from './schema.ts';
import * as sources from './sources.ts';

const { mmpretrain, pycls, seed, timm, torchvision } = sources;

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
  /** Different, for a known reason and one digit that was probably mistyped. */
  | 'misprint'
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
  /** How many operations the source counts a multiply-add. */
  readonly operations: number;
}

const column = (
  source: Source,
  metric: string,
  cost: Cost,
  quantum: number,
  operations = 1,
): Column => ({ source, metric, cost, quantum, operations });

/** imgclsmob prints the same columns for every framework. */
const imgclsmobColumns = [
  sources.imgclsmob,
  sources.imgclsmobChainer,
  sources.imgclsmobTensorflow,
].flatMap((source) => [
  column(source, 'params', 'params', 1),
  column(source, 'flops', 'flops', 1e4),
]);

const COLUMNS: readonly Column[] = [
  column(pycls, 'params', 'params', 1),
  column(pycls, 'flops', 'flops', 1),
  column(pycls, 'acts', 'acts', 1),
  ...[pycls, sources.pycls2020].flatMap((source) => [
    column(source, 'params_as_printed', 'params', 1e5),
    column(source, 'flops_as_printed', 'flops', 1e8),
    column(source, 'acts_as_printed', 'acts', 1e5),
  ]),
  column(seed, 'params', 'params', 1e3),
  column(seed, 'flops', 'flops', 1e6),
  column(torchvision, 'params', 'params', 1),
  column(timm, 'params', 'params', 1e4),
  column(mmpretrain, 'params', 'params', 1e4),
  column(mmpretrain, 'flops', 'flops', 1e7),
  column(sources.mmcls2021, 'params', 'params', 1e4),
  column(sources.mmcls2021, 'flops', 'flops', 1e7),
  ...imgclsmobColumns,
  column(sources.paddleclas, 'params', 'params', 1e4),
  column(sources.paddleclas, 'flops', 'flops', 1e7),
  column(sources.openModelZoo, 'params', 'params', 1e2),
  column(sources.openModelZoo, 'flops_2x', 'flops', 5e4, 2),
  column(sources.torchvisionFiles, 'flops', 'flops', 1e6),
  column(sources.timmSpeed, 'params', 'params', 1e4),
  column(sources.timmSpeed, 'flops', 'flops', 1e7),
  column(sources.timmSpeed, 'acts', 'acts', 1e4),
];

function equalAt(quantum: number, published: number, count: number): Finding | null {
  if (published === count) return 'exact';
  const digits = Math.round(published / quantum);
  if (quantum === 1) return null;
  if (Math.round(count / quantum) === digits) return 'rounded';
  return Math.floor(count / quantum) === digits ? 'cut' : null;
}

/** Whether two counts, written to the last printed digit, differ in exactly one digit. */
function oneDigitApart(quantum: number, published: number, count: number): boolean {
  const [a, b] = [published, count].map((value) => String(Math.round(value / quantum)));
  if (a === undefined || a.length !== b?.length) return false;
  return Array.from(a).filter((digit, i) => digit !== b[i]).length === 1;
}

function audit(column: Column, citation: Citation): AuditRow {
  const { figure } = citation;
  const { source, cost, quantum, operations } = column;
  const published = Math.round((figure.value * (SCALES[figure.unit] ?? Number.NaN)) / operations);
  const { design } = modelOf(figure.model);
  const recomputed = networkOf(design).complexity[cost];
  const equal = equalAt(quantum, published, recomputed);
  const row = { citation, cost, published, recomputed };
  if (equal) return { ...row, finding: equal, reason: null };
  const theory = theories(source, cost, design).find(({ count, misprint }) =>
    misprint
      ? oneDigitApart(quantum, published, count)
      : equalAt(quantum, published, Math.round(count)),
  );
  if (theory)
    return { ...row, finding: theory.misprint ? 'misprint' : 'explained', reason: theory.reason };
  const more = published / recomputed - 1;
  const reason = `Counts ${(100 * Math.abs(more)).toFixed(1)}% ${more > 0 ? 'more' : 'less'}; the source does not say of what.`;
  return { ...row, finding: 'unexplained', reason };
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
