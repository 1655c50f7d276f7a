/** The tensors as rows of a table: filtered, cut into pages, in words. */
import type { TensorReport } from '../../checkpoints/report.ts';
import { formatInteger } from '../../charts/shared/format.ts';

export const PAGE_ROWS = 25;

/** Tensors that have every word of the query in a name, their type or their shape. */
export function filterTensors(
  tensors: readonly TensorReport[],
  query: string,
): readonly TensorReport[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tensors;
  return tensors.filter((tensor) => {
    const { name, timm, dtype, shape } = tensor;
    const text = `${name} ${timm ?? ''} ${dtype} ${shape.join('x')} ${shapeText(shape)}`;
    return words.every((word) => text.toLowerCase().includes(word));
  });
}

/** The rows of a page counted from 0, which is brought into range. */
export function pageOf<T>(rows: readonly T[], page: number) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const current = Math.min(Math.max(page, 0), pages - 1);
  const start = current * PAGE_ROWS;
  return { rows: rows.slice(start, start + PAGE_ROWS), page: current, pages, start };
}

/** `152×8×3×3`; a single number has no axes. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join('×');
}

/** The stage of a tensor by timm's name, 0 outside of the stages. */
export function stageOf({ timm }: Pick<TensorReport, 'timm'>): number {
  return Number(/^s(\d{1,4})\.b/.exec(timm ?? '')?.[1] ?? 0);
}

/** `26–50 of 137`. */
export function rangeText(start: number, shown: number, total: number): string {
  if (total === 0) return '0 tensors';
  return `${formatInteger(start + 1)}–${formatInteger(start + shown)} of ${formatInteger(total)}`;
}
