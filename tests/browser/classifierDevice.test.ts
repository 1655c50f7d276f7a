/** Half floats, parity and loss of the GPU, with the demonstration's weights in a real browser. */
import { afterEach, describe, expect, test } from 'vitest';
import { createClassifier, type LocalClassifier } from '../../src/engine/classifier.ts';
import { openClassifier } from '../../src/engine/client.ts';
import { fetchGolden } from '../../src/weights/beside.ts';
import type { Golden } from '../../src/engine/types.ts';
import shipped from '../../content/checkpoints/regnetx_002.tiny-imagenet-200.json' with { type: 'json' };
import golden from '../fixtures/weights/golden.regnetx_002.json' with { type: 'json' };
import { fixture, weights } from './classifier-weights.ts';

const open: { dispose(): void }[] = [];
async function classifier(
  options: Partial<Parameters<typeof createClassifier>[1]> = {},
): Promise<LocalClassifier> {
  const created = await createClassifier(await weights('f16'), { backend: 'webgl', ...options });
  open.push(created);
  return created;
}
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

async function stored(change = 0): Promise<Golden> {
  const [the] = golden.cases;
  if (!the) throw new Error('No golden picture.');
  return {
    picture: await fixture(the.image),
    probabilities: the.probabilities.map((p, i) => (i === 7 ? p + change : p)),
    tolerance: the.half_weights_max_difference,
  };
}

describe('half-float textures', () => {
  test.each(golden.cases)('see the same in $image', async ({ image, top5, probabilities }) => {
    const half = await classifier({ precision: 'float16' });
    expect(half.info).toMatchObject({ backend: 'webgl', precision: 'float16' });
    const { predictions } = await half.classify(await fixture(image), 200);
    expect(predictions[0]?.index).toBe(top5[0]?.index);
    const errors = predictions.map(({ index, probability }) =>
      Math.abs(probability - (probabilities[index] ?? NaN)),
    );
    expect(Math.max(...errors)).toBeLessThan(2e-2);
  });

  test('take half the memory', async () => {
    const [full, half] = [await classifier(), await classifier({ precision: 'float16' })];
    expect(half.info.gpuBytes * 2).toBe(full.info.gpuBytes);
    expect(full.info.gpuBytes).toBe(full.memory().gpuBytes);
  });
});

describe('the check of this device', () => {
  test('against stored numbers of PyTorch', async () => {
    const parity = await (await classifier()).check(await stored());
    expect(parity?.reference).toBe('pytorch');
    // All that is left is what half-precision weights cost.
    expect(parity?.difference).toBeCloseTo((await stored()).tolerance, 5);
  });

  test('against plain loops, which are let go of afterwards', async () => {
    const one = await classifier();
    const parity = await one.check(null);
    expect(parity?.reference).toBe('cpu');
    expect(parity?.difference).toBeGreaterThan(0);
    expect(parity?.difference).toBeLessThan(1e-5);
    expect(await one.check(null)).toBeNull();
  });

  test('is nothing where the plain loops themselves run', async () => {
    expect(await (await classifier({ backend: 'cpu' })).check(null)).toBeNull();
  });

  test('refuses to predict when PyTorch said otherwise', async () => {
    const one = await classifier();
    const picture = await fixture('espresso-coffee.png');
    await one.classify(picture);
    const mismatch = { name: 'EngineError', code: 'mismatch' };
    await expect(one.check(await stored(0.01))).rejects.toMatchObject(mismatch);
    await expect(one.classify(picture)).rejects.toMatchObject(mismatch);
  });

  test('finds out a GPU that computes wrongly', async () => {
    type ShaderSource = (this: WebGL2RenderingContext, shader: WebGLShader, text: string) => void;
    const prototype = WebGL2RenderingContext.prototype as unknown as { shaderSource: ShaderSource };
    const { shaderSource } = prototype;
    // A driver that leaves out one of the taps of the 3x3 convolutions.
    prototype.shaderSource = function (shader, text) {
      shaderSource.call(
        this,
        shader,
        text.replace('for (int ky = 0; ky < 3', 'for (int ky = 1; ky < 3'),
      );
    };
    try {
      const one = await classifier();
      await expect(one.check(null)).rejects.toMatchObject({ code: 'mismatch' });
    } finally {
      prototype.shaderSource = shaderSource;
    }
  });

  test('through a worker, with what is stored; without it where it is not there', async () => {
    const [found, missing] = await Promise.all([
      fetchGolden(`/golden/${shipped.id}.json`),
      fetchGolden('/golden/none.json'),
    ]);
    expect(missing).toBeNull();
    const client = await openClassifier(weights('f16'), { backend: 'webgl' });
    open.push(client);
    expect(await client.check(found)).toMatchObject({ reference: 'pytorch' });
    const other = await openClassifier(weights('f16'), { backend: 'webgl' });
    open.push(other);
    expect(await other.check(missing)).toMatchObject({ reference: 'cpu' });
  });
});

test('each layer’s time comes through a worker', async () => {
  const client = await openClassifier(weights('f16'), {});
  open.push(client);
  expect(client.info).toMatchObject({ backend: 'webgl', precision: 'float32' });
  await client.classify(await fixture('cat-chelsea.png'));
  const { layers } = await client.measureLayers();
  expect(layers.map(({ name }) => name)).toContain('s4.b7.conv3');
});

describe('without a GPU', () => {
  type GetContext = (this: HTMLCanvasElement, ...args: unknown[]) => RenderingContext | null;
  const prototype = HTMLCanvasElement.prototype as unknown as { getContext: GetContext };
  const { getContext } = prototype;
  afterEach(() => {
    prototype.getContext = getContext;
  });

  test('it is told once that it is gone', async () => {
    const contexts: RenderingContext[] = [];
    prototype.getContext = function (...args) {
      const context = getContext.apply(this, args);
      if (context) contexts.push(context);
      return context;
    };
    const one = await classifier();
    let lost = false;
    void one.lost().then(() => {
      lost = true;
    });
    await one.classify(await fixture('cat-chelsea.png'));
    expect(lost).toBe(false);
    const gl = contexts.findLast((context) => context instanceof WebGL2RenderingContext);
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    await one.lost();
    await expect(one.classify(await fixture('cat-chelsea.png'))).rejects.toMatchObject({
      code: 'context-lost',
    });
  });

  test('another backend takes over', async () => {
    prototype.getContext = () => null;
    await expect(classifier()).rejects.toMatchObject({ code: 'no-backend' });
    const one = await classifier({ fallback: 'wasm' });
    expect(one.info).toMatchObject({ backend: 'wasm', gpu: null, gpuBytes: 0 });
  });
});
