import type { Measurement, Report } from './types.ts';

const HEADINGS = [
  'variant',
  'engine',
  'median ms',
  'of ours',
  'least ms',
  'first ms',
  'open ms',
  'programs',
  'GPU MB',
  'max error',
] as const;

/** The rows of the report's table as text, headings first. */
export function rowsOf({ results }: Report): string[][] {
  return [[...HEADINGS], ...results.map((result) => rowOf(result, results))];
}

function rowOf(result: Measurement, all: readonly Measurement[]): string[] {
  const { variant, engine, backend, threads, medianMs } = result;
  const ours = all.find(
    (other) => other.variant === variant && other.engine === 'ours' && other.backend === 'webgl',
  );
  return [
    variant,
    `${engine}/${backend}${threads === null ? '' : ` x${threads}`}`,
    medianMs.toFixed(1),
    ours ? `${(medianMs / ours.medianMs).toFixed(2)}x` : '',
    result.minMs.toFixed(1),
    result.firstMs.toFixed(0),
    result.openMs.toFixed(0),
    result.programs === 0 ? '' : String(result.programs),
    result.gpuBytes === 0 ? '' : (result.gpuBytes / 1e6).toFixed(1),
    result.maxAbsError.toExponential(1),
  ];
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
