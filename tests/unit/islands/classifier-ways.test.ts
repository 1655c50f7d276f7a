import { describe, expect, test } from 'vitest';
import type { LayerTime } from '../../../src/engine/network.ts';
import { stageTimes } from '../../../src/zoo/stage-times.ts';
import { wayOut, WAYS, wayTaken, type WayId } from '../../../src/islands/classifier/ways.ts';

describe('ways to compute', () => {
  test('are told by what a classifier says of itself', () => {
    expect(WAYS.map(wayTaken)).toEqual(WAYS.map(({ id }) => id));
  });

  test.each<[WayId, Parameters<typeof wayOut>[0], WayId | undefined]>([
    ['webgl', 'no-backend', 'wasm'],
    ['webgl-float16', 'no-backend', 'wasm'],
    ['webgl-float16', 'mismatch', 'webgl'],
    ['webgl', 'mismatch', 'wasm'],
    ['webgl', 'context-lost', 'wasm'],
    ['wasm', 'no-backend', 'cpu'],
    ['wasm', 'mismatch', 'cpu'],
    ['cpu', 'mismatch', undefined],
    ['webgpu', 'too-large', 'webgl'],
    ['webgl', 'too-large', 'wasm'],
    ['wasm', 'too-large', undefined],
    ['webgl', 'picture', undefined],
    ['webgl', 'checkpoint', undefined],
  ])('%s that fails by %s leads to %s', (failed, code, next) => {
    expect(wayOut(code, failed)?.id).toBe(next);
  });
});

test('layers’ times are summed a stage, beside the share of multiply-adds', () => {
  const layer = (role: LayerTime['role'], stage: number, ms: number, flops: number): LayerTime => ({
    name: `${role}${stage}`,
    role,
    stage,
    ms,
    flops,
  });
  const layers = [
    layer('stem', 0, 1, 10),
    layer('conv1', 1, 2, 20),
    layer('conv2', 1, 3, 30),
    layer('conv1', 2, 3, 30),
    layer('pool', 0, 0.5, 0),
    layer('head', 0, 0.5, 10),
  ];
  expect(stageTimes(layers)).toEqual([
    { name: 'Stem', stage: 0, ms: 1, measured: 0.1, predicted: 0.1 },
    { name: 'Stage 1', stage: 1, ms: 5, measured: 0.5, predicted: 0.5 },
    { name: 'Stage 2', stage: 2, ms: 3, measured: 0.3, predicted: 0.3 },
    { name: 'Head', stage: 0, ms: 1, measured: 0.1, predicted: 0.1 },
  ]);
});
