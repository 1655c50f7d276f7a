import { duelsOf } from '../../src/zoo/benchmark.ts';
import { isSoftwareRenderer } from '../../src/zoo/renderer.ts';
import type { Failure, Measurement, Report } from './types.ts';

const HEADINGS = [
  'variant',
  'engine',
  'median ms',
  'times ours',
  'least ms',
  'first ms',
  'open ms',
  'programs',
  'GPU MB',
  'max error',
  'GPU',
] as const;

/** The rows of the report's table as text, headings first. */
export function rowsOf(report: Report): string[][] {
  const duels = duelsOf(report);
  return [
    [...HEADINGS],
    ...report.results.map((result) =>
      rowOf(result, duels.find(({ peer }) => peer === result)?.ratio),
    ),
  ];
}

/** `ort/wasm x2` */
export function engineOf({ engine, backend, threads }: Failure | Measurement): string {
  return `${engine}/${backend}${threads === null ? '' : ` x${threads}`}`;
}

/** `ratio`: how many times as long as ours on the same backend it took. */
function rowOf(result: Measurement, ratio: number | undefined): string[] {
  const { variant, medianMs, gpu } = result;
  return [
    variant,
    engineOf(result),
    medianMs.toFixed(1),
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    result.minMs.toFixed(1),
    result.firstMs.toFixed(0),
    result.openMs.toFixed(0),
    result.programs === 0 ? '' : String(result.programs),
    result.gpuBytes === 0 ? '' : (result.gpuBytes / 1e6).toFixed(1),
    result.maxAbsError.toExponential(1),
    gpu === null ? '' : isSoftwareRenderer(gpu) ? 'software' : 'hardware',
  ];
}

/** What did not run, and why, in one line each. */
export function failuresOf({ failures }: Report): string[] {
  return failures.map((failure) => `${failure.variant} ${engineOf(failure)}: ${failure.reason}`);
}

/** What was measured where, in one line each. */
export function conditionsOf({
  renderer,
  userAgent,
  hardwareConcurrency,
  versions,
}: Report): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `GPU: ${renderer === '' ? 'none used' : renderer}`,
    `Browser: ${userAgent}, ${hardwareConcurrency} hardware threads`,
    `Versions: ${packages.join(', ')}`,
  ].join('\n');
}

/** The table with columns of equal width, numbers to the right. */
export function tableOf(report: Report): string {
  const rows = rowsOf(report);
  const widths = HEADINGS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const pad = (cell: string, i: number): string =>
    i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
