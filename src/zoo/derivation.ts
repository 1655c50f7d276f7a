/** How a published figure became what stands on a page: for its passport. */
import { accuracyIn, isError, type Citation } from './results.ts';
import { pycls } from './sources.ts';
import { V100_PICTURES, v100Time } from './v100.ts';

/** What is made of a figure, and the arithmetic: `100 − 31.088 = 68.912`. */
export interface Derivation {
  readonly of: string;
  readonly words: string;
}

/** The arithmetic between a figure as it was published and as pages show it; null where it is shown as it is. */
export function derivationOf(citation: Citation): Derivation | null {
  const { figure, source, timed } = citation;
  const { metric, value, model } = figure;
  if (isError(citation))
    return { of: 'Accuracy, %', words: `100 − ${value} = ${trimmed(accuracyIn(citation))}` };
  if (metric === 'throughput')
    return { of: 'A picture, ms', words: `1,000 / ${grouped(value)} = ${short(1000 / value)}` };
  if (metric === 'batch_ms' && timed && timed.batch > 1)
    return {
      of: 'A picture, ms',
      words: `${grouped(value)} / ${timed.batch} = ${short(value / timed.batch)}`,
    };
  if (metric === 'test_fw_time' && source === pycls) {
    const { batch, ms } = v100Time(model);
    return {
      of: `${V100_PICTURES} pictures, ms`,
      words: `1,000 × ${value} × ${V100_PICTURES} / ${batch} = ${trimmed(ms)}`,
    };
  }
  if (metric === 'flops_2x')
    return { of: 'Multiply-adds', words: `${value} / 2 = ${short(value / 2)}` };
  return null;
}

/** Without the digits that binary fractions add. */
function trimmed(value: number): string {
  return String(Number(value.toFixed(6)));
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function grouped(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 10 });
}
