import { expect, test } from 'vitest';
import { createNetwork } from '../../../src/engine/network.ts';
import { seededValues, seededWeights } from '../../../src/engine/seeded.ts';
import { timeNetwork, type TimePhase } from '../../../src/engine/time.ts';
import { layersOf, networkOf, stagesOf } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';

const stages = stagesOf(modelOf('regnetx_002').design);

test('a seed gives the same weights whatever was asked for before', () => {
  const layers = layersOf(stages, 64);
  const [one, other] = [seededWeights(layers, 5), seededWeights(layers, 5)];
  one.get('stem');
  expect(one.get('head.fc')).toEqual(other.get('head.fc'));
  expect(seededWeights(layers, 6).get('head.fc')).not.toEqual(other.get('head.fc'));
  expect(one.get('head.global_pool')).toBeUndefined();
  expect(one.get('nothing')).toBeUndefined();
});

test.each(models.filter(({ design }) => design.depth >= 20 || design.depth <= 13))(
  'activations of $name stay finite, and within half floats',
  async ({ design }) => {
    const { layers } = networkOf(design, 32);
    const network = await createNetwork(layers, seededWeights(layers, 1), 'wasm');
    const logits = await network.predict(seededValues(32 * 32 * 3, 1));
    network.dispose();
    const most = logits.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(most).toBeGreaterThan(1e-3);
    expect(most).toBeLessThan(6e4);
  },
  60_000,
);

test('times the passes and each layer, and tells what it is at', async () => {
  const phases: TimePhase[] = [];
  const time = await timeNetwork({ stages, resolution: 64, backend: 'wasm', threads: 1 }, (phase) =>
    phases.push(phase),
  );
  expect(phases).toEqual(['draw', 'first', 'passes']);
  expect(time).toMatchObject({ backend: 'wasm', precision: 'float32', gpu: null });
  expect(Math.min(time.firstMs, time.medianMs)).toBeGreaterThan(0);
  expect(time.passes).toBeGreaterThanOrEqual(3);
  expect(time.layers.layers).toHaveLength(layersOf(stages).length);
});

test('stops at once where it is told to, and after a first pass that takes too long', async () => {
  const request = { stages, resolution: 32, backend: 'wasm', threads: 1 } as const;
  const stop = new AbortController();
  const stopped = timeNetwork(
    request,
    (phase) => {
      if (phase === 'passes') stop.abort(new Error('enough'));
    },
    stop.signal,
  );
  await expect(stopped).rejects.toThrow('enough');
  await expect(timeNetwork({ ...request, slowMs: 1e-6 })).rejects.toMatchObject({ code: 'slow' });
});
