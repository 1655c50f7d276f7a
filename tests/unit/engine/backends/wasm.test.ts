/** The WebAssembly backend in Node: against the plain loops, with one thread and with several. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBackend, type Backend } from '../../../../src/engine/backend.ts';
import { createNetwork, type Network } from '../../../../src/engine/network.ts';
import { globalAveragePool } from '../../../../src/engine/ops/globalAveragePool.ts';
import { groupedConv2D } from '../../../../src/engine/ops/groupedConv2D.ts';
import { channelSoftmax } from '../../../../src/engine/ops/softmax.ts';
import { createDevice } from '../../../../src/engine/ops/wasm/device.ts';
import { openExecutor } from '../../../../src/engine/ops/wasm/executor.ts';
import { groupedConv2DWasm } from '../../../../src/engine/ops/wasm/groupedConv2D.ts';
import { networkOf } from '../../../../src/regnet/index.ts';
import { modelOf } from '../../../../src/zoo/models.ts';
import { goldenBatch, goldenInput, goldenLayers } from '../../../golden.ts';
import { relativeError, seededValues, seededWeights } from '../../../seeded.ts';

/** Float32 sums of up to a few thousand products, in another order. */
const TOLERANCE = 1e-5;

interface Case {
  readonly x: readonly number[];
  /** [kernel, kernel, cin / groups, cout]. */
  readonly filter: readonly number[];
  readonly stride?: number;
  readonly relu?: boolean;
  readonly residual?: boolean;
}

const CASES: readonly [string, Case][] = [
  ['groups of 8', { x: [1, 7, 7, 24], filter: [3, 3, 8, 24] }],
  ['groups of 24, stride 2', { x: [1, 7, 6, 72], filter: [3, 3, 24, 72], stride: 2 }],
  ['groups of 168', { x: [1, 4, 4, 336], filter: [3, 3, 168, 336] }],
  ['a batch of odd maps', { x: [3, 3, 5, 16], filter: [3, 3, 8, 16], stride: 2, relu: false }],
  ['one pixel', { x: [1, 1, 1, 16], filter: [3, 3, 8, 16], stride: 2 }],
  ['the stem', { x: [2, 9, 9, 3], filter: [3, 3, 3, 32], stride: 2 }],
  ['odd groups', { x: [2, 5, 5, 20], filter: [3, 3, 5, 20], residual: true }],
  ['one channel a group', { x: [1, 7, 7, 9], filter: [3, 3, 1, 9], relu: false }],
  ['groups that change their width', { x: [1, 5, 5, 16], filter: [3, 3, 4, 24] }],
  ['1x1 with a residual', { x: [1, 7, 7, 24], filter: [1, 1, 24, 56], residual: true }],
  ['1x1 of odd channels', { x: [2, 5, 5, 25], filter: [1, 1, 25, 35], relu: false }],
  ['a projection', { x: [2, 7, 7, 24], filter: [1, 1, 24, 56], stride: 2, relu: false }],
  ['a classifier', { x: [2, 1, 1, 64], filter: [1, 1, 64, 10], relu: false }],
  ['several parts', { x: [1, 60, 60, 24], filter: [1, 1, 24, 32], residual: true }],
];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);
const filled = (backend: Backend, shape: readonly number[], seed: number) =>
  backend.upload(seededValues(sizeOf(shape), seed), shape);

function convolve(backend: Backend, the: Case): Promise<Float32Array> {
  const { x, filter, stride = 1, relu = true, residual = false } = the;
  const [batch = 0, height = 0, width = 0] = x;
  const cout = filter.at(-1) ?? 0;
  const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride), cout];
  const inputs = {
    x: filled(backend, x, 1),
    filter: filled(backend, filter, 2),
    bias: filled(backend, [cout], 3),
    ...(residual && { residual: filled(backend, out, 4) }),
  };
  return backend.read(groupedConv2D(backend, inputs, { stride, relu }));
}

const { validate } = WebAssembly;
const open: Pick<Network, 'dispose'>[] = [];
afterEach(() => {
  WebAssembly.validate = validate;
  for (const one of open.splice(0)) one.dispose();
});

describe('kernels equal the plain loops', () => {
  let cpu: Backend;
  const wasm = new Map<boolean, Backend>();
  beforeAll(async () => {
    cpu = await openBackend('cpu');
    wasm.set(true, await openBackend('wasm', { threads: 1 }));
    // A browser without relaxed SIMD: the first module is refused.
    let asked = 0;
    WebAssembly.validate = (bytes) => asked++ > 0 && validate(bytes);
    wasm.set(false, await openBackend('wasm', { threads: 1 }));
    expect(asked).toBe(2);
  });
  afterAll(() => {
    for (const backend of [cpu, ...wasm.values()]) backend.dispose();
  });

  describe.each([true, false])('relaxed SIMD: %s', (fused) => {
    const both = () => [wasm.get(fused) ?? cpu, cpu] as const;

    test.each(CASES)('for %s', async (_, the) => {
      const [actual, expected] = both();
      expect(
        relativeError(await convolve(actual, the), await convolve(expected, the)),
      ).toBeLessThan(TOLERANCE);
    });

    test('for the mean and the softmax', async () => {
      const [mean, probabilities] = [globalAveragePool, channelSoftmax].map((compute, i) =>
        both().map((backend) =>
          backend.read(
            compute(backend, filled(backend, i === 0 ? [2, 7, 5, 20] : [2, 1, 1, 10], 1)),
          ),
        ),
      );
      for (const pair of [mean ?? [], probabilities ?? []]) {
        const [actual = new Float32Array(), expected = new Float32Array()] =
          await Promise.all(pair);
        expect(relativeError(actual, expected)).toBeLessThan(TOLERANCE);
      }
    });
  });
});

test('numbers that are none come through', async () => {
  const backend = await openBackend('wasm', { threads: 1 });
  open.push(backend);
  const x = backend.upload(Float32Array.of(NaN, 1, 1, 1, 1, 1, 1, 1), [1, 1, 1, 8]);
  const inputs = { x, filter: filled(backend, [1, 1, 8, 8], 1), bias: filled(backend, [8], 2) };
  expect(await backend.read(groupedConv2D(backend, inputs, { stride: 1, relu: true }))).toEqual(
    new Float32Array(8).fill(NaN),
  );
});

async function networkFor(backend: 'wasm' | 'cpu', threads = 1, resolution = 64) {
  const { layers } = networkOf(modelOf('regnetx_002').design, resolution, 100);
  const network = await createNetwork(layers, seededWeights(layers, 1), backend, { threads });
  open.push(network);
  return network;
}
const picture = (resolution: number, batch = 1) => seededValues(batch * resolution ** 2 * 3, 7);

describe('a network', () => {
  test.each([64, 97])('at %i px: one thread, three threads, and the plain loops', async (side) => {
    const [one, three, cpu] = [
      await networkFor('wasm', 1, side),
      await networkFor('wasm', 3, side),
      await networkFor('cpu', 1, side),
    ];
    const logits = await one.predict(picture(side));
    expect(relativeError(logits, await cpu.predict(picture(side)))).toBeLessThan(1e-4);
    // Whoever computes it, each number is summed in the same order.
    for (let i = 0; i < 20; i++) expect(await three.predict(picture(side))).toEqual(logits);
    // The memory grows while the threads sleep.
    const batch = await three.predict(picture(side, 2), 2);
    expect(batch.subarray(0, 100)).toEqual(logits);
    expect(await one.predict(picture(side, 2), 2)).toEqual(batch);
    expect(await three.probabilities(picture(side))).toEqual(
      await one.probabilities(picture(side)),
    );
  });

  test('does not grow over 50 predictions', async () => {
    const network = await networkFor('wasm');
    await network.predict(picture(64));
    const { tensors } = network.memory();
    for (let i = 0; i < 50; i++) await network.predict(picture(64));
    expect(network.memory().tensors).toBe(tensors);
  });

  test('gives back what a forgotten computation took', async () => {
    const executor = await openExecutor(1);
    const device = createDevice(executor);
    const x = device.upload(seededValues(9 * 9 * 8, 1), [1, 9, 9, 8]);
    const filter = device.upload(seededValues(9 * 8 * 8, 2), [3, 3, 8, 8]);
    const bias = device.upload(seededValues(8, 3), [8]);
    const convolveOnce = () => {
      const { program, result } = device.record(() =>
        groupedConv2DWasm(device, { x, filter, bias }, { stride: 1, relu: true }),
      );
      device.run(program);
      const values = device.read(result);
      device.release(result);
      device.forget(program);
      return values;
    };
    const first = convolveOnce();
    const { byteLength } = executor.memory.buffer;
    for (let i = 0; i < 100; i++) expect(convolveOnce()).toEqual(first);
    expect(executor.memory.buffer.byteLength).toBe(byteLength);
    expect(device.tensors()).toBe(3);
  });

  test('refuses to predict when it was disposed of', async () => {
    const network = await networkFor('wasm', 2);
    network.dispose();
    expect(network.memory().tensors).toBe(0);
    await expect(network.predict(picture(64))).rejects.toThrow('disposed');
  });
});

test('each kernel is timed, in the order of the layers', async () => {
  const network = await createNetwork(goldenLayers, seededWeights(goldenLayers, 1), 'wasm');
  open.push(network);
  await network.predict(goldenInput, goldenBatch);
  const { method, layers } = await network.measureLayers();
  expect(method).toBe('clock');
  expect(layers.map(({ name }) => name)).toEqual(goldenLayers.map(({ name }) => name));
  expect(layers.reduce((sum, { ms }) => sum + ms, 0)).toBeGreaterThan(0);
});

test('threads are as many as asked for, and one where memory cannot be shared', async () => {
  const three = await openExecutor(3);
  expect(three.threads).toBe(3);
  three.close();
  const { SharedArrayBuffer: shared } = globalThis;
  try {
    Object.assign(globalThis, { SharedArrayBuffer: undefined });
    expect((await openExecutor(3)).threads).toBe(1);
  } finally {
    globalThis.SharedArrayBuffer = shared;
  }
});

test('without SIMD the error says what to do', async () => {
  WebAssembly.validate = () => false;
  await expect(createNetwork(goldenLayers, new Map(), 'wasm')).rejects.toMatchObject({
    name: 'EngineError',
    code: 'no-wasm',
    message: expect.stringContaining('update it') as string,
  });
});
