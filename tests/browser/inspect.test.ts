/** A visitor's file through the real worker: what is told of it, and what its network computes. */
import { describe, expect, test } from 'vitest';
import { foldBatchNorm, readCheckpoint, requireFit } from '../../src/checkpoints/index.ts';
import { inspectFile, rewriteFile } from '../../src/islands/inspector/reader/client.ts';
import type { Progress } from '../../src/islands/inspector/reader/service.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { layersOf } from '../../src/regnet/index.ts';
import { models } from '../../src/zoo/models.ts';
import { goldenBatch, goldenInput, goldenLogits } from '../golden.ts';
import { maxAbsError } from '../seeded.ts';
import { FILES } from '../unit/checkpoints/files.ts';

const SIZE = 64;
const { signal } = new AbortController();
const ignore = () => undefined;

async function fixture(name: string): Promise<Blob> {
  const response = await fetch(new URL(`../fixtures/checkpoints/${name}`, import.meta.url));
  return response.blob();
}

/** The golden input as a network that now takes RGB wants it, where it took BGR before. */
function inputFor(order: 'RGB' | 'BGR'): Float32Array {
  if (order === 'RGB') return goldenInput;
  return goldenInput.map((_, i) => goldenInput[i - (i % 3) + 2 - (i % 3)] ?? NaN);
}

describe.each(FILES)('$name', ({ name, container, scheme }) => {
  test('is told for what it is', async () => {
    const report = await inspectFile(await fixture(name), {
      known: models,
      onProgress: ignore,
      signal,
    });
    expect(report).toMatchObject({
      container,
      scheme: { id: scheme },
      problem: null,
      network: { classes: 10, params: 49450, variant: null },
    });
    expect(report.tensors.every(({ min, max }) => min !== null && max !== null)).toBe(true);
  });

  test('rewritten in the worker, its network on WebGL gives PyTorch’s logits', async () => {
    const file = await rewriteFile(await fixture(name), { dtype: 'f32', known: models, signal });
    const checkpoint = readCheckpoint(new Uint8Array(await file.arrayBuffer()));
    const { stages, classes } = requireFit(checkpoint, []);
    const layers = layersOf(stages, SIZE, classes);
    const weights = foldBatchNorm(layers, checkpoint.tensors);
    const network = await createNetwork(layers, weights, 'webgl');
    const logits = await network.predict(inputFor(checkpoint.sourceChannelOrder), goldenBatch);
    network.dispose();
    expect(maxAbsError(logits, goldenLogits)).toBeLessThan(name.includes('fp16') ? 5e-3 : 1e-4);
  });
});

test('a hostile file is refused with its sentence, and the next one is read', async () => {
  const options = { known: models, onProgress: ignore, signal };
  await expect(inspectFile(await fixture('hostile.pth'), options)).rejects.toMatchObject({
    name: 'EngineError',
    code: 'checkpoint',
    message: expect.stringMatching(/refused and nothing was run\.$/) as string,
  });
  expect((await inspectFile(await fixture('timm.safetensors'), options)).problem).toBeNull();
});

test('reading can be stopped, and tells how far it is', async () => {
  const controller = new AbortController();
  const told: Progress[] = [];
  const file = new Blob([await fixture('timm.safetensors'), new Uint8Array(100_000_000)]);
  const reading = inspectFile(file, {
    known: models,
    signal: controller.signal,
    onProgress: (progress) => {
      told.push(progress);
      controller.abort();
    },
  });
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  expect(told[0]?.step).toBe('reading');
  expect(told[0]?.bytes).toBeGreaterThan(0);
});
