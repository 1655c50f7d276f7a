/** What every variant holds on the GPU, and that it lets go of it. */
import { afterEach, expect, test, vi } from 'vitest';
import type { FoldedWeights } from '../../src/checkpoints/fold.ts';
import { backendOf } from '../../src/engine/backends/index.ts';
import { largestTexture, longestSide } from '../../src/engine/backends/webgl/needs.ts';
import { obstacleTo } from '../../src/engine/fits.ts';
import { leastBytes } from '../../src/engine/memory.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { networkOf, type Layer } from '../../src/regnet/index.ts';
import { modelOf, models } from '../../src/zoo/models.ts';
import { meterGpu } from '../bench/page/gpuMeter.ts';

/** Counts the textures of the page from outside of the engine. */
const meter = meterGpu();

/** Zeros, made when they are asked for: what is measured here is their size. */
const zeros = (layers: readonly Layer[]): Pick<FoldedWeights, 'get'> => ({
  get: (name) => {
    const layer = layers.find((l) => l.name === name);
    if (!layer) return undefined;
    const { kernel, cin, cout, groups } = layer;
    const weight = new Float32Array((kernel * kernel * cin * cout) / groups);
    return { weight, bias: new Float32Array(cout) };
  },
});

test.each(models)('$name at 224 px holds little more than it must', async ({ design }) => {
  const { layers } = networkOf(design);
  const network = await createNetwork(layers, zeros(layers), 'webgl');
  const { gpuBytes } = network.memory();
  expect(gpuBytes).toBeGreaterThan(leastBytes(layers, 4));
  expect(gpuBytes).toBeLessThanOrEqual(1.25 * leastBytes(layers, 4));
  expect(meter.bytes()).toBe(gpuBytes);
  network.dispose();
  expect(network.memory().gpuBytes).toBe(0);
  expect(meter.bytes()).toBe(0);
});

test('what a smaller GPU refuses is known beforehand, in the same words', async () => {
  const { layers } = networkOf(modelOf('regnetx_002').design);
  const { limits } = backendOf('webgl');
  const granted = await limits();
  if (granted?.kind !== 'textures') throw new Error('WebGL tells no limits.');
  const { size } = largestTexture(layers, granted.targets);
  const obstacleAt = async (): Promise<string | null> => {
    const known = { precision: 'float32', bytes: 0, memory: null, expectedMs: null } as const;
    return obstacleTo({ layers, limits: await limits(), ...known });
  };
  allowTextures(longestSide(size) - 1);
  const told = await obstacleAt();
  expect(told).toMatch(/ needs a texture of [\d,]+ × [\d,]+ texels/);
  await expect(createNetwork(layers, zeros(layers), 'webgl')).rejects.toMatchObject({
    code: 'too-large',
    message: told?.replace(/^.*? needs/, 'A layer needs'),
  });
  expect(meter.bytes()).toBe(0);

  allowTextures(longestSide(size));
  expect(await obstacleAt()).toBeNull();
  const network = await createNetwork(layers, zeros(layers), 'webgl');
  network.dispose();
});

/** A GPU that allows textures of so many texels a side. */
function allowTextures(side: number): void {
  vi.restoreAllMocks();
  const ask = Reflect.get(WebGL2RenderingContext.prototype, 'getParameter') as (
    this: WebGL2RenderingContext,
    name: number,
  ) => unknown;
  vi.spyOn(WebGL2RenderingContext.prototype, 'getParameter').mockImplementation(function (
    this: WebGL2RenderingContext,
    name,
  ): unknown {
    return name === this.MAX_TEXTURE_SIZE ? side : ask.call(this, name);
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});
