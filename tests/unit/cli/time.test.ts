import { describe, expect, test } from 'vitest';
import { readDeviceRecord } from '../../../src/zoo/device-record.ts';
import { regnetx, regnetxJson } from './run.ts';

describe('regnetx time', () => {
  test('times what is named, by cost, and prints what the page can read', async () => {
    const printed = await regnetxJson<Record<string, unknown>>(
      ...['time', 'RegNetX-400MF', 'regnetx_002', '--threads', '1', '--rounds', '2'],
    );
    expect(printed).toMatchObject({ backend: 'wasm', threads: 1, fit: null });
    const { runs, refusals, gpu } = readDeviceRecord(printed);
    expect(runs.map(({ id, way }) => [id, way])).toEqual([
      ['regnetx_002', 'wasm'],
      ['regnetx_004', 'wasm'],
    ]);
    expect({ refusals, gpu }).toEqual({ refusals: [], gpu: null });
    for (const { firstMs, medianMs, passes, stages } of runs) {
      expect(Math.min(firstMs, medianMs, ...stages)).toBeGreaterThan(0);
      expect(passes).toBeGreaterThanOrEqual(3);
      expect(stages).toHaveLength(6);
    }
  }, 60_000);

  test.each([
    [['time', 'resnet50'], 'There is no variant resnet50; there are regnetx_002,'],
    [['time', '--backend', 'webgl'], '--backend must be wasm or cpu, not webgl.'],
    [['time', '--rounds', '1.5'], '--rounds must be a whole number from 1 to 20, not 1.5.'],
    [['time', '--threads', '0'], '--threads must be a whole number from 1 to 64, not 0.'],
  ])('%j fails in one line', async (args, message) => {
    const { code, stdout, stderr } = await regnetx(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim()).not.toContain('\n');
  });
});
