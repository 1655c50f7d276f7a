import { describe, expect, test } from 'vitest';
import { fileOf } from '../../bench/file.ts';
import {
  benchmarkFileSchema,
  byReport,
  deviceRows,
  recordOf,
} from '../../../src/zoo/benchmark-files.ts';
import type { Benchmark, Measurement } from '../../../src/zoo/benchmark.ts';
import type { DeviceRecord } from '../../../src/zoo/device-record.ts';
import { gpuLines, racesOf, raceSentence } from '../../../src/zoo/races.ts';
import { duelsOf } from '../../../src/zoo/benchmark.ts';

const measured = (
  name: string,
  medianMs: number,
  { threads = null, gpu = null }: { threads?: number | null; gpu?: string | null } = {},
): Measurement => {
  const [engine = '', backend = ''] = name.split('/');
  return {
    ...{ variant: 'regnetx_002', engine, backend, threads, resolution: 224, openMs: 1 },
    ...{ firstMs: medianMs, medianMs, minMs: medianMs, repeats: 3 },
    ...{ programs: 0, gpuBytes: 0, maxAbsError: 0, gpu },
  };
};

const benchmark: Benchmark = {
  date: '2026-11-30',
  machine: 'A laptop',
  report: {
    ...{ schema: 1, renderer: 'Apple M2', userAgent: 'UA', hardwareConcurrency: 8, versions: {} },
    results: [
      measured('ours/webgpu', 4, { gpu: 'apple' }),
      measured('ours/wasm', 10, { threads: 1 }),
      measured('ours/wasm', 5, { threads: 8 }),
      measured('ort/webgpu', 8, { gpu: 'SwiftShader' }),
      measured('ort/wasm', 22, { threads: 1 }),
      measured('ort/wasm', 9, { threads: 8 }),
      measured('ort/native', 4, { threads: 1 }),
    ],
    failures: [
      {
        variant: 'regnetx_002',
        engine: 'tfjs-dense',
        backend: 'webgpu',
        threads: null,
        reason: 'No.',
      },
    ],
  },
};

const device: DeviceRecord = {
  ...{ schema: 1, date: '2026-12-01', name: 'Phone', gpu: null, cores: 8, software: 'Chrome' },
  runs: [
    { id: 'regnetx_004', way: 'wasm', firstMs: 9, medianMs: 7, passes: 20, stages: [] },
    { id: 'regnetx_002', way: 'wasm', firstMs: 6, medianMs: 4, passes: 20, stages: [] },
    { id: 'regnetx_002', way: 'webgl', firstMs: 60, medianMs: 3, passes: 20, stages: [] },
  ],
  refusals: [],
};

describe('a file of content/benchmarks/', () => {
  test('is a report with peers, or what /device/ saves, the latest first', () => {
    const older = { ...benchmark, date: '2025-01-01' };
    const files = [older, device, benchmark].map((file) =>
      benchmarkFileSchema.parse(JSON.parse(JSON.stringify(file))),
    );
    expect(byReport(files)).toEqual({ benchmarks: [benchmark, older], devices: [device] });
  });

  test('is refused with what is wrong', () => {
    const wrong = benchmarkFileSchema.safeParse({ ...device, runs: [{ id: 'resnet50' }] });
    expect(JSON.stringify(wrong.error?.issues)).toContain('there is no variant resnet50');
  });

  test('is named after the machine', () => {
    const { name, text } = fileOf(benchmark.report, 'A laptop, M2 (2022)', new Date('2026-11-30'));
    expect(name).toBe('a-laptop-m2-2022.json');
    expect(benchmarkFileSchema.parse(JSON.parse(text))).toMatchObject({
      machine: 'A laptop, M2 (2022)',
    });
    expect(fileOf(benchmark.report, '…', new Date(0)).name).toBe('device.json');
  });
});

test('devices are rows, a way each, with the variants by id', () => {
  const rows = deviceRows([device]);
  expect(rows.map(({ way, ms }) => [way, ms.get('regnetx_002')])).toEqual([
    ['wasm', 4],
    ['webgl', 3],
  ]);
});

test('a report opens beside a visitor’s own times: WebAssembly with all threads', () => {
  const { runs, ...rest } = recordOf(benchmark, 'Safari');
  expect(runs.map(({ way, medianMs }) => [way, medianMs])).toEqual([
    ['webgpu', 4],
    ['wasm', 5],
  ]);
  expect(rest).toMatchObject({ name: 'A laptop', software: 'Safari', cores: 8 });
  expect(benchmarkFileSchema.safeParse({ ...rest, runs }).success).toBe(true);
});

describe('what a report says', () => {
  const races = racesOf(benchmark.report);
  test('races are with as many threads, native where it ran', () => {
    expect(races.map(({ threads, ours, web, native }) => [threads, ours, web, native])).toEqual([
      [1, 10, 22, 4],
      [8, 5, 9, null],
    ]);
    expect(raceSentence(races)).toBe(
      'On the processor, this site is 1.8 to 2.2 times as fast as ONNX Runtime Web with as many threads, and takes 2.5 times as long as native ONNX Runtime, which no page can run.',
    );
    expect(raceSentence(races.slice(1))).toMatch(/1\.8 times as fast .* as many threads\.$/);
  });
  test('a GPU in software is called so', () => {
    expect(gpuLines(duelsOf(benchmark.report))).toEqual([
      { backend: 'webgpu', engine: 'ort', range: '2.0', software: true },
    ]);
  });
  test('what is native is held against WebAssembly', () => {
    const native = duelsOf(benchmark.report).find(({ peer }) => peer.backend === 'native');
    expect(native?.ours.medianMs).toBe(10);
  });
});
