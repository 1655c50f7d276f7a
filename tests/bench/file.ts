import type { Benchmark, Report } from '../../src/zoo/benchmark.ts';

/** A report as a file of content/benchmarks/, named after the machine. */
export function fileOf(
  report: Report,
  machine: string,
  now: Date,
): { readonly name: string; readonly text: string } {
  const words = machine.toLowerCase().match(/[a-z0-9]+/g) ?? ['device'];
  const benchmark: Benchmark = { date: now.toISOString().slice(0, 10), machine, report };
  return {
    name: `${words.join('-').slice(0, 60)}.json`,
    text: `${JSON.stringify(benchmark, null, 2)}\n`,
  };
}
