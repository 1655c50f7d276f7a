import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Report } from '../../bench/types.ts';

const root = new URL('../../../', import.meta.url);
/** The command as `npm run bench` runs it, with its own Node. */
const bench = (...options: string[]) =>
  promisify(execFile)(
    fileURLToPath(new URL('node_modules/.bin/node', root)),
    ['tests/bench/main.ts', ...options],
    { cwd: root },
  );

test('measures engines that agree, and reports as contracted', { timeout: 120_000 }, async () => {
  const engines =
    'ours/webgpu,ours/webgl,ours/wasm,ours/cpu,tfjs-dense/webgpu,tfjs-dense/webgl,ort/webgl';
  const options = ['--json', '--variants', 'regnetx_002', '--resolution', '32', '--repeats', '1'];
  const { stdout } = await bench(...options, '--engines', engines);
  const report = JSON.parse(stdout) as Report;
  expect(report.schema).toBe(1);
  expect(report.userAgent).toContain('Chrom');
  expect(report.renderer).not.toBe('');
  // WebAssembly may have run twice: with one thread, and with all.
  const names = report.results.map(({ engine, backend }) => `${engine}/${backend}`);
  expect([...new Set(names)].join()).toBe(engines);
  expect(report.results.find(({ backend }) => backend === 'wasm')?.threads).toBe(1);
  expect(report.failures).toEqual([]);
  for (const {
    medianMs,
    firstMs,
    maxAbsError,
    backend,
    programs,
    gpuBytes,
    gpu,
  } of report.results) {
    expect(medianMs).toBeGreaterThan(0);
    expect(firstMs).toBeGreaterThan(0);
    expect(maxAbsError).toBeLessThan(1e-3);
    expect(programs > 0).toBe(backend.startsWith('webg'));
    expect(gpuBytes > 0).toBe(backend.startsWith('webg'));
    expect(gpu !== null).toBe(backend.startsWith('webg'));
  }
});

test('refuses what it does not know with one line', async () => {
  await expect(bench('--engines', 'fast')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^engines: there is no fast.*\n$/) as string,
  });
});
