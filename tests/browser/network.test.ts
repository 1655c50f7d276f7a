/** The executor on real WebGL: against the CPU, against PyTorch, and what it leaves behind. */
import { afterEach, describe, expect, test } from 'vitest';
import { foldBatchNorm, readCheckpoint } from '../../src/checkpoints/index.ts';
import { createNetwork, type Network } from '../../src/engine/network.ts';
import { referenceLogits } from '../../src/engine/reference.ts';
import { softmax } from '../../src/engine/softmax.ts';
import { networkOf, type Layer } from '../../src/regnet/index.ts';
import { modelOf } from '../../src/zoo/models.ts';
import { goldenBatch, goldenInput, goldenLayers, goldenLogits } from '../golden.ts';
import { maxAbsError, relativeError, seededValues, seededWeights } from '../seeded.ts';
import { answerOf } from './answer.ts';

const open: Network[] = [];
/** A network with seeded weights that is disposed of after the test. */
async function seededNetwork(layers: readonly Layer[], backend: 'webgl' | 'cpu', seed = 1) {
  const network = await createNetwork(layers, seededWeights(layers, seed), backend);
  open.push(network);
  return network;
}
afterEach(() => {
  for (const network of open.splice(0)) network.dispose();
});

function layersOf(id: string, resolution: number): readonly Layer[] {
  return networkOf(modelOf(id).design, resolution, 100).layers;
}
const picture = (resolution: number, batch = 1) => seededValues(batch * resolution ** 2 * 3, 7);

describe('logits on WebGL', () => {
  test("equal PyTorch's for the golden checkpoint", async () => {
    const file = await fetch(new URL('../fixtures/checkpoints/timm.safetensors', import.meta.url));
    const { tensors } = readCheckpoint(new Uint8Array(await file.arrayBuffer()));
    const weights = foldBatchNorm(goldenLayers, tensors);
    const network = await createNetwork(goldenLayers, weights, 'webgl');
    open.push(network);
    const logits = await network.predict(goldenInput, goldenBatch);
    expect(maxAbsError(logits, goldenLogits)).toBeLessThan(1e-4);
    // The same textures again, and one picture at a time.
    const [first] = [await network.predict(goldenInput.subarray(0, goldenInput.length / 2))];
    expect(maxAbsError(first, goldenLogits.subarray(0, 10))).toBeLessThan(1e-4);
    const probabilities = await network.probabilities(goldenInput, goldenBatch);
    expect(maxAbsError(probabilities, softmax(goldenLogits, 10))).toBeLessThan(1e-5);
  });

  test.each([
    ['regnetx_002', 64],
    ['regnetx_002', 97],
    ['regnetx_004', 32],
  ])("equal the CPU's for %s at %i px", async (id, resolution) => {
    const layers = layersOf(id, resolution);
    const [webgl, cpu] = await Promise.all([
      seededNetwork(layers, 'webgl'),
      seededNetwork(layers, 'cpu'),
    ]);
    const expected = await cpu.predict(picture(resolution));
    expect(relativeError(await webgl.predict(picture(resolution)), expected)).toBeLessThan(1e-4);
  });

  test("are near the CPU's with half-float textures, which take half the memory", async () => {
    const layers = layersOf('regnetx_002', 64);
    const weights = seededWeights(layers, 1);
    const half = await createNetwork(layers, weights, 'webgl', { precision: 'float16' });
    open.push(half);
    const [full, cpu] = [await seededNetwork(layers, 'webgl'), await seededNetwork(layers, 'cpu')];
    const expected = await cpu.predict(picture(64));
    const error = relativeError(await half.predict(picture(64)), expected);
    expect(error).toBeLessThan(2e-2);
    expect(error).toBeGreaterThan(1e-5);
    expect(half.memory().gpuBytes * 2).toBe(full.memory().gpuBytes);
  });

  test('equal the reference at another size, which is freed afterwards', async () => {
    const layers = layersOf('regnetx_002', 224);
    const network = await seededNetwork(layers, 'webgl');
    const before = network.memory();
    const [side, input] = [33, picture(33)];
    const pause = () => Promise.resolve();
    const expected = await referenceLogits(
      layers,
      seededWeights(layers, 1),
      { side, input },
      pause,
    );
    expect(relativeError(await network.predictAt(side, input), expected)).toBeLessThan(1e-4);
    expect(network.memory()).toEqual(before);
  });

  test("equal the CPU's for a design with odd group widths", async () => {
    const design = { depth: 3, w0: 24, wa: 20, wm: 2, groupWidth: 5 };
    const { layers } = networkOf(design, 33, 7);
    expect(layers.some(({ cin, groups }) => (cin / groups) % 2 === 1 && groups > 1)).toBe(true);
    const webgl = await seededNetwork(layers, 'webgl');
    const cpu = await seededNetwork(layers, 'cpu');
    const expected = await cpu.predict(picture(33, 2), 2);
    expect(relativeError(await webgl.predict(picture(33, 2), 2), expected)).toBeLessThan(1e-4);
  });
});

describe('the time of each layer', () => {
  type GetExtension = (this: WebGL2RenderingContext, name: string) => unknown;
  const prototype = WebGL2RenderingContext.prototype as unknown as { getExtension: GetExtension };
  const { getExtension } = prototype;
  afterEach(() => {
    prototype.getExtension = getExtension;
  });

  test.each([
    ['webgl', 'timer-query'],
    ['webgl', 'repeats'],
    ['cpu', 'clock'],
  ] as const)('on %s by %s adds up to that of a pass', async (backend, method) => {
    if (method === 'repeats')
      prototype.getExtension = function (name) {
        return name.includes('timer_query') ? null : getExtension.call(this, name);
      };
    const layers = layersOf('regnetx_002', 96);
    const network = await seededNetwork(layers, backend);
    await network.predict(picture(96));
    const start = performance.now();
    const expected = await network.predict(picture(96));
    const pass = performance.now() - start;
    const times = await network.measureLayers();
    expect(times.method).toBe(method);
    expect(times.layers.map(({ name }) => name)).toEqual(layers.map(({ name }) => name));
    expect(times.layers.every(({ ms }) => ms >= 0)).toBe(true);
    const sum = times.layers.reduce((total, { ms }) => total + ms, 0);
    // A busy machine may hold up either; seconds or microseconds would be off by a thousand.
    expect(sum).toBeGreaterThan(pass / 100);
    expect(sum).toBeLessThan(pass * 100);
    // The layers that compute most take longer than the one that computes least.
    const ms = (role: string) => times.layers.findLast((layer) => layer.role === role)?.ms ?? NaN;
    expect(ms('conv2')).toBeGreaterThan(ms('pool'));
    expect(await network.predict(picture(96))).toEqual(expected);
  });
});

describe('networks in one page', () => {
  test('do not see each other, whatever backend and order', async () => {
    const [small, other] = [layersOf('regnetx_002', 32), layersOf('regnetx_004', 32)];
    const networks = [
      await seededNetwork(small, 'webgl', 1),
      await seededNetwork(small, 'cpu', 1),
      await seededNetwork(other, 'webgl', 2),
      await seededNetwork(other, 'cpu', 2),
    ];
    const [a, b, c, d] = await Promise.all(networks.map((n) => n.predict(picture(32))));
    expect(relativeError(a ?? new Float32Array(), b ?? new Float32Array())).toBeLessThan(1e-4);
    expect(relativeError(c ?? new Float32Array(), d ?? new Float32Array())).toBeLessThan(1e-4);
    networks[0]?.dispose();
    const again = await networks[2]?.predict(picture(32));
    expect(again).toEqual(c);
  });
});

describe('memory', () => {
  test('does not grow over 50 predictions', async () => {
    const network = await seededNetwork(layersOf('regnetx_002', 32), 'webgl');
    await network.predict(picture(32));
    const before = network.memory();
    for (let i = 0; i < 50; i++) await network.predict(picture(32));
    expect(network.memory()).toEqual(before);
    expect(before.gpuBytes).toBeGreaterThan(0);
  });

  test('stays clean when an input is refused', async () => {
    const network = await seededNetwork(layersOf('regnetx_002', 32), 'webgl');
    const before = network.memory();
    await expect(network.predict(picture(31))).rejects.toThrow('1 x 32 x 32 x 3');
    expect(network.memory()).toEqual(before);
  });

  test('allows predictions at the same time', async () => {
    const network = await seededNetwork(layersOf('regnetx_002', 32), 'webgl');
    const alone = await network.predict(picture(32));
    const { tensors } = network.memory();
    const together = await Promise.all([1, 2, 3].map(() => network.predict(picture(32))));
    expect(together).toEqual([alone, alone, alone]);
    expect(network.memory().tensors).toBe(tensors);
  });
});

describe('when the GPU is not there', () => {
  type GetContext = (this: HTMLCanvasElement, ...args: unknown[]) => RenderingContext | null;
  const prototype = HTMLCanvasElement.prototype as unknown as { getContext: GetContext };
  const { getContext } = prototype;
  afterEach(() => {
    prototype.getContext = getContext;
  });

  test('from the start, the error says what to do', async () => {
    prototype.getContext = () => null;
    await expect(createNetwork(goldenLayers, new Map(), 'webgl')).rejects.toMatchObject({
      name: 'EngineError',
      code: 'no-backend',
      message: expect.stringContaining('turn on hardware acceleration') as string,
    });
  });

  test('any more, predictions are refused and a new network works', async () => {
    const contexts: (RenderingContext | null)[] = [];
    prototype.getContext = function (...args) {
      const context = getContext.apply(this, args);
      contexts.push(context);
      return context;
    };
    let losses = 0;
    const weights = seededWeights(goldenLayers, 1);
    const onContextLost = () => losses++;
    const network = await createNetwork(goldenLayers, weights, 'webgl', { onContextLost });
    open.push(network);
    const expected = await network.predict(goldenInput, goldenBatch);
    const pending = network.predict(goldenInput, goldenBatch);
    (contexts.at(-1) as WebGL2RenderingContext).getExtension('WEBGL_lose_context')?.loseContext();
    // One is under way, one comes before the page is told, one after.
    const atOnce = network.predict(goldenInput, goldenBatch);
    const lost = { name: 'EngineError', code: 'context-lost' };
    await Promise.all([pending, atOnce].map((p) => expect(p).rejects.toMatchObject(lost)));
    await expect(network.predict(goldenInput, goldenBatch)).rejects.toMatchObject(lost);
    expect(losses).toBe(1);
    network.dispose();
    const next = await createNetwork(goldenLayers, weights, 'webgl', { onContextLost });
    open.push(next);
    expect(await next.predict(goldenInput, goldenBatch)).toEqual(expected);
    next.dispose();
    await expect(next.predict(goldenInput, goldenBatch)).rejects.toThrow('disposed');
    expect(losses).toBe(1);
  });
});

test('a worker computes the same on an OffscreenCanvas', async () => {
  const worker = new Worker(new URL('./networkWorker.ts', import.meta.url), { type: 'module' });
  const answer = await answerOf(worker);
  const network = await seededNetwork(goldenLayers, 'webgl');
  expect(answer.logits).toEqual(await network.predict(goldenInput, goldenBatch));
  expect(answer.renderer).toBe(network.renderer);
  expect(answer.renderer).not.toBe('');
});
