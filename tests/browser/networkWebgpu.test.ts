/** The executor on real WebGPU: against the CPU and PyTorch, what it leaves behind, and its loss. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { foldBatchNorm, readCheckpoint } from '../../src/checkpoints/index.ts';
import type { BackendOptions } from '../../src/engine/backend.ts';
import { openWebgpu } from '../../src/engine/backends/webgpu/index.ts';
import { createNetwork, type Network } from '../../src/engine/network.ts';
import { referenceLogits } from '../../src/engine/reference.ts';
import { softmax } from '../../src/engine/softmax.ts';
import { networkOf, type Layer } from '../../src/regnet/index.ts';
import { modelOf } from '../../src/zoo/models.ts';
import { goldenBatch, goldenInput, goldenLayers, goldenLogits } from '../golden.ts';
import { maxAbsError, relativeError, seededValues, seededWeights } from '../seeded.ts';
import { answerOf } from './answer.ts';

const open: { dispose(): void }[] = [];
/** A network with seeded weights that is disposed of after the test. */
async function seededNetwork(
  layers: readonly Layer[],
  options: BackendOptions = {},
  backend: 'webgpu' | 'cpu' = 'webgpu',
): Promise<Network> {
  const network = await createNetwork(layers, seededWeights(layers, 1), backend, options);
  open.push(network);
  return network;
}
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
  vi.restoreAllMocks();
});

const layersOf = (id: string, side: number) => networkOf(modelOf(id).design, side, 100).layers;
const picture = (side: number, batch = 1) => seededValues(batch * side ** 2 * 3, 7);
/** Logits of the network of seeded weights, in plain loops. */
const expectedOf = (layers: readonly Layer[], side: number) =>
  referenceLogits(layers, seededWeights(layers, 1), { side, input: picture(side) }, () =>
    Promise.resolve(),
  );

describe('logits on WebGPU', () => {
  test("equal PyTorch's for the golden checkpoint", async () => {
    const file = await fetch(new URL('../fixtures/checkpoints/timm.safetensors', import.meta.url));
    const { tensors } = readCheckpoint(new Uint8Array(await file.arrayBuffer()));
    const weights = foldBatchNorm(goldenLayers, tensors);
    const network = await createNetwork(goldenLayers, weights, 'webgpu');
    open.push(network);
    const logits = await network.predict(goldenInput, goldenBatch);
    expect(maxAbsError(logits, goldenLogits)).toBeLessThan(1e-4);
    // One picture at a time, and the same buffers again.
    const first = await network.predict(goldenInput.subarray(0, goldenInput.length / 2));
    expect(maxAbsError(first, goldenLogits.subarray(0, 10))).toBeLessThan(1e-4);
    const probabilities = await network.probabilities(goldenInput, goldenBatch);
    expect(maxAbsError(probabilities, softmax(goldenLogits, 10))).toBeLessThan(1e-5);
  });

  test.each([
    ['that renders in software', true],
    ['of its own', false],
  ])("equal the CPU's with work cut for a GPU %s", async (_, software) => {
    vi.spyOn(GPUAdapterInfo.prototype, 'isFallbackAdapter', 'get').mockReturnValue(software);
    const layers = layersOf('regnetx_002', 97);
    const network = await seededNetwork(layers);
    const error = relativeError(await network.predict(picture(97)), await expectedOf(layers, 97));
    expect(error).toBeLessThan(1e-4);
  });

  test("are near the CPU's with half floats, which take half the memory", async () => {
    const layers = layersOf('regnetx_002', 64);
    const half = await seededNetwork(layers, { precision: 'float16' });
    expect(half.precision).toBe('float16');
    const error = relativeError(await half.predict(picture(64)), await expectedOf(layers, 64));
    expect(error).toBeLessThan(2e-2);
    expect(error).toBeGreaterThan(1e-5);
    const full = await seededNetwork(layers);
    expect(half.memory().gpuBytes / full.memory().gpuBytes).toBeCloseTo(0.5, 1);
  });

  test("equal the CPU's for a design with odd group widths, in a batch", async () => {
    const design = { depth: 3, w0: 24, wa: 20, wm: 2, groupWidth: 5 };
    const { layers } = networkOf(design, 33, 7);
    const [webgpu, cpu] = [await seededNetwork(layers), await seededNetwork(layers, {}, 'cpu')];
    const expected = await cpu.predict(picture(33, 2), 2);
    expect(relativeError(await webgpu.predict(picture(33, 2), 2), expected)).toBeLessThan(1e-4);
  });

  test('are the same from a worker', async () => {
    const worker = new Worker(new URL('./networkWorker.ts', import.meta.url), {
      type: 'module',
      name: 'webgpu',
    });
    const answer = await answerOf(worker);
    const network = await seededNetwork(goldenLayers);
    expect(answer.logits).toEqual(await network.predict(goldenInput, goldenBatch));
    expect(answer.renderer).toBe(network.renderer);
    expect(answer.renderer).toContain('swiftshader');
  });
});

test.each(['timer-query', 'repeats'])('the time of each layer by %s', async (method) => {
  if (method === 'repeats')
    // An adapter without a clock gives a device without one.
    vi.spyOn(GPUSupportedFeatures.prototype, 'has').mockReturnValue(false);
  const layers = layersOf('regnetx_002', 64);
  const network = await seededNetwork(layers);
  const expected = await network.predict(picture(64));
  const times = await network.measureLayers();
  expect(times.method).toBe(method);
  expect(times.layers.map(({ name }) => name)).toEqual(layers.map(({ name }) => name));
  expect(times.layers.every(({ ms }) => ms >= 0)).toBe(true);
  const ms = (role: string) => times.layers.findLast((layer) => layer.role === role)?.ms ?? NaN;
  expect(ms('conv1')).toBeGreaterThan(ms('pool'));
  expect(await network.predict(picture(64))).toEqual(expected);
});

describe('memory', () => {
  test('does not grow, and nothing is left behind', async () => {
    const created = vi.spyOn(GPUDevice.prototype, 'createBuffer');
    const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy');
    const network = await seededNetwork(layersOf('regnetx_002', 32));
    const before = network.memory();
    const first = await network.predict(picture(32));
    const together = await Promise.all([1, 2, 3].map(() => network.predict(picture(32))));
    expect(together).toEqual([first, first, first]);
    for (let i = 0; i < 10; i++) await network.predict(picture(32));
    await expect(network.predict(picture(31))).rejects.toThrow('1 x 32 x 32 x 3');
    expect(network.memory()).toEqual(before);
    const small = await network.predictAt(33, picture(33));
    expect(small).toHaveLength(100);
    expect(network.memory()).toEqual(before);
    network.dispose();
    expect(network.memory()).toEqual({ tensors: 0, gpuBytes: 0 });
    const buffers = created.mock.results.map(({ value }) => value as unknown);
    expect(new Set(destroyed.mock.contexts)).toEqual(new Set(buffers));
  });

  test('of a layer too large for the GPU is refused in a sentence', async () => {
    // The least that every GPU grants, 128 MiB.
    vi.spyOn(GPUSupportedLimits.prototype, 'maxStorageBufferBindingSize', 'get').mockReturnValue(
      2 ** 27,
    );
    const backend = await openWebgpu({});
    open.push(backend);
    const shape = { kernel: 1, cin: 5800, cout: 5800, groups: 1 };
    const weights = { weight: new Float32Array(5800 * 5800), bias: new Float32Array(5800) };
    expect(() => backend.load(weights, shape)).toThrow('binds no more than 134,217,728');
  });

  test('that is not there is told in a sentence', async () => {
    const device = await deviceOf(async () => {
      const network = await seededNetwork(goldenLayers);
      await network.predict(goldenInput, goldenBatch);
    });
    const error = new GPUOutOfMemoryError('none left');
    device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
    const [network] = open as Network[];
    await expect(network?.predict(goldenInput, goldenBatch)).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringContaining('not enough memory') as string,
    });
  });
});

/** The device that is asked for meanwhile. */
async function deviceOf(work: () => Promise<unknown>): Promise<GPUDevice> {
  const asked = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  await work();
  const [answer] = asked.mock.settledResults;
  if (answer?.type !== 'fulfilled') throw new Error('No device was given.');
  return answer.value;
}

describe('when the GPU is not there', () => {
  test.each([
    ['no adapter', () => Promise.resolve(null)],
    ['an error', () => Promise.reject(new DOMException('blocked'))],
  ])('from the start, with %s, the error says what to do', async (_, answer) => {
    vi.spyOn(GPU.prototype, 'requestAdapter').mockImplementation(answer);
    await expect(createNetwork(goldenLayers, new Map(), 'webgpu')).rejects.toMatchObject({
      name: 'EngineError',
      code: 'no-backend',
      message: expect.stringContaining('choose another way to compute') as string,
    });
  });

  test('any more, predictions are refused and a new network works', async () => {
    let losses = 0;
    const options = { onContextLost: () => losses++ };
    const device = await deviceOf(() => seededNetwork(goldenLayers, options));
    const [network] = open as Network[];
    const predict = (on = network) => on?.predict(goldenInput, goldenBatch);
    const expected = await predict();
    const pending = predict();
    await Promise.resolve();
    device.destroy();
    // One is under way, one comes before the page is told, one after.
    const lost = { name: 'EngineError', code: 'context-lost' };
    await Promise.all([pending, predict()].map((p) => expect(p).rejects.toMatchObject(lost)));
    await device.lost;
    await expect(predict()).rejects.toMatchObject(lost);
    expect(losses).toBe(1);
    network?.dispose();
    const next = await seededNetwork(goldenLayers, options);
    expect(await predict(next)).toEqual(expected);
    const refused = expect(predict(next)).rejects.toThrow('disposed');
    next.dispose();
    await refused;
    await expect(predict(next)).rejects.toThrow('disposed');
    expect(losses).toBe(1);
  });
});
