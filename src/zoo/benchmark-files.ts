/** The files of content/benchmarks/: reports with peers, and devices that timed this site alone. */
import { z } from 'zod';
import { benchmarkSchema, type Benchmark } from './benchmark.ts';
import { readDeviceRecord, waysOf, runsOf, type DeviceRecord } from './device-record.ts';

/** What the page /device/ or `regnetx time --json` saved, checked as there. */
const deviceSchema = z.unknown().transform((value, context): DeviceRecord => {
  try {
    return readDeviceRecord(value);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error));
    return z.NEVER;
  }
});

/** content/benchmarks/<id>.json */
export const benchmarkFileSchema = z.union([benchmarkSchema, deviceSchema]);

export type BenchmarkFile = Benchmark | DeviceRecord;

/** The two kinds apart, each with the latest first. */
export function byReport(files: readonly BenchmarkFile[]): {
  readonly benchmarks: readonly Benchmark[];
  readonly devices: readonly DeviceRecord[];
} {
  const latest = files.toSorted((a, b) => b.date.localeCompare(a.date));
  return {
    benchmarks: latest.filter((file) => 'report' in file),
    devices: latest.filter((file): file is DeviceRecord => !('report' in file)),
  };
}

/** One device, one way to compute. */
export interface DeviceRow {
  readonly device: DeviceRecord;
  readonly way: string;
  /** Median milliseconds, by variant. */
  readonly ms: ReadonlyMap<string, number>;
}

/** A row for each way of each device. */
export function deviceRows(devices: readonly DeviceRecord[]): DeviceRow[] {
  return devices.flatMap((device) =>
    waysOf(device).map((way) => ({
      ...{ device, way },
      ms: new Map(runsOf(device, way).map(({ id, medianMs }) => [id, medianMs])),
    })),
  );
}

/**
 * This site's own rows of a report as a device's record, which /device/ shows beside the visitor's
 * times; of WebAssembly the row with most threads, as it runs there. `software` names the browser.
 */
export function recordOf({ date, machine, report }: Benchmark, software: string): DeviceRecord {
  const ours = report.results.filter(({ engine }) => engine === 'ours');
  const runs = ours.filter(
    (one) =>
      !ours.some(
        (other) =>
          other.variant === one.variant &&
          other.backend === one.backend &&
          (other.threads ?? 0) > (one.threads ?? 0),
      ),
  );
  return {
    schema: 1,
    date,
    name: machine,
    gpu: report.renderer === '' ? null : report.renderer,
    cores: report.hardwareConcurrency,
    software,
    runs: runs.map(({ variant, backend, firstMs, medianMs, repeats }) => ({
      ...{ id: variant, way: backend, firstMs, medianMs, passes: repeats },
      stages: [],
    })),
    refusals: [],
  };
}
