import { describe, expect, test } from 'vitest';
import { duelsOf, rangeOf, type Measurement, type Report } from '../../../src/zoo/benchmark.ts';
import { contendersIn, isSoftwareRenderer } from '../../../src/zoo/renderer.ts';

const SWIFTSHADER = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))';

const measured = (
  variant: string,
  name: string,
  medianMs: number,
  firstMs = medianMs,
  threads: number | null = null,
): Measurement => {
  const [engine = '', backend = ''] = name.split('/');
  const times = { openMs: 1, firstMs, medianMs, minMs: medianMs, repeats: 7 };
  const gpu = backend.startsWith('webg') ? SWIFTSHADER : null;
  const size = { programs: 1, gpuBytes: 1, maxAbsError: 0, gpu };
  return { variant, engine, backend, threads, resolution: 224, ...times, ...size };
};

const report: Report = {
  schema: 1,
  renderer: SWIFTSHADER,
  userAgent: '',
  hardwareConcurrency: 2,
  versions: {},
  results: [
    measured('a', 'ours/webgl', 100, 200),
    measured('a', 'ours/wasm', 40, 50, 1),
    measured('a', 'ort/webgl', 500, 300),
    measured('a', 'ort/wasm', 60, 60, 1),
    measured('a', 'ort/wasm', 30, 30, 2),
    measured('b', 'ours/webgl', 10),
    measured('b', 'ort/webgl', 70),
  ],
  failures: [],
};

describe('duels', () => {
  const duels = duelsOf(report);
  test('are of one variant on one backend with as many threads', () => {
    expect(
      duels.map(({ variant, peer, ratio }) => [variant, peer.backend, peer.threads, ratio]),
    ).toEqual([
      ['a', 'webgl', null, 5],
      ['a', 'wasm', 1, 1.5],
      ['b', 'webgl', null, 7],
    ]);
    expect(duels[0]?.firstRatio).toBe(1.5);
  });
  test('have a least and a greatest ratio, unless there are none', () => {
    expect(rangeOf(duels, ({ peer }) => peer.backend === 'webgl')).toEqual([5, 7]);
    expect(rangeOf(duels, ({ peer }) => peer.backend === 'webgpu')).toBeNull();
  });
});

test.each([
  [report.renderer, true],
  ['llvmpipe (LLVM 15.0.7, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', true],
  ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 (0x2206) Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
  ['Apple M2', false],
])('%s: rendered in software is %s', (renderer, software) => {
  expect(isSoftwareRenderer(renderer)).toBe(software);
});

test('what may be chosen for being quick is there, contends, and is no GPU in software', () => {
  const rows = [
    { id: 'webgl', gpu: true, contends: true },
    { id: 'webgpu', gpu: true, contends: true },
    // A processor's name may hold the word.
    { id: 'wasm', gpu: false, contends: true },
    { id: 'cpu', gpu: false, contends: false },
  ] as const;
  const found = { webgl: 'llvmpipe', webgpu: 'Apple M2', wasm: 'software threads', cpu: 'loops' };
  expect(contendersIn(rows, found)).toEqual(['webgpu', 'wasm']);
  expect(contendersIn(rows, { cpu: 'loops' })).toEqual([]);
});
