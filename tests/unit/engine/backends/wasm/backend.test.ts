/** The WebAssembly backend in Node: against the plain loops, with one thread and with several. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type {
  Backend,
  DeviceFilter,
  DeviceMap,
  FilterShape,
  MapShape,
} from '../../../../../src/engine/backend.ts';
import { openCpu } from '../../../../../src/engine/backends/cpu/index.ts';
import { conv, loadFilter } from '../../../../../src/engine/backends/wasm/conv.ts';
import { createDevice } from '../../../../../src/engine/backends/wasm/device.ts';
import { openExecutor } from '../../../../../src/engine/backends/wasm/executor.ts';
import { openWasm } from '../../../../../src/engine/backends/wasm/index.ts';
import { createNetwork, type Network } from '../../../../../src/engine/network.ts';
import { networkOf } from '../../../../../src/regnet/index.ts';
import { modelOf } from '../../../../../src/zoo/models.ts';
import { goldenBatch, goldenInput, goldenLayers } from '../../../../golden.ts';
import { relativeError, seededValues, seededWeights } from '../../../../seeded.ts';

/** Float32 sums of up to a few thousand products, in another order. */
const TOLERANCE = 1e-5;

interface Case extends FilterShape {
  readonly x: MapShape;
  readonly stride?: number;
  readonly relu?: boolean;
  readonly residual?: boolean;
}

const grouped = (groups: number, cin: number, cout = cin) => ({ kernel: 3, groups, cin, cout });
const pointwise = (cin: number, cout: number) => ({ kernel: 1, groups: 1, cin, cout });

const CASES: readonly [string, Case][] = [
  ['groups of 8', { x: [1, 7, 7, 24], ...grouped(3, 24) }],
  ['groups of 24, stride 2', { x: [1, 7, 6, 72], ...grouped(3, 72), stride: 2 }],
  ['groups of 168', { x: [1, 4, 4, 336], ...grouped(2, 336) }],
  ['a batch of odd maps', { x: [3, 3, 5, 16], ...grouped(2, 16), stride: 2, relu: false }],
  ['one pixel', { x: [1, 1, 1, 16], ...grouped(2, 16), stride: 2 }],
  ['the stem', { x: [2, 9, 9, 3], ...grouped(1, 3, 32), stride: 2 }],
  ['odd groups', { x: [2, 5, 5, 20], ...grouped(4, 20), residual: true }],
  ['one channel a group', { x: [1, 7, 7, 9], ...grouped(9, 9), relu: false }],
  ['groups that change their width', { x: [1, 5, 5, 16], ...grouped(4, 16, 24) }],
  ['1x1 with a residual', { x: [1, 7, 7, 24], ...pointwise(24, 56), residual: true }],
  ['1x1 of odd channels', { x: [2, 5, 5, 25], ...pointwise(25, 35), relu: false }],
  ['a projection', { x: [2, 7, 7, 24], ...pointwise(24, 56), stride: 2, relu: false }],
  ['a classifier', { x: [2, 1, 1, 64], ...pointwise(64, 10), relu: false }],
  ['several parts', { x: [1, 60, 60, 24], ...pointwise(24, 32), residual: true }],
];

const sizeOf = (shape: MapShape) => shape.reduce((product, n) => product * n, 1);
const filled = <M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  shape: MapShape,
  seed: number,
): M => backend.upload(seededValues(sizeOf(shape), seed), shape);

const weightsOf = ({ kernel, cin, cout, groups }: FilterShape, seed: number) => ({
  weight: seededValues((kernel * kernel * cin * cout) / groups, seed),
  bias: seededValues(cout, seed + 1),
});

function convolve<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  the: Case,
): Promise<Float32Array> {
  const { x, stride = 1, relu = true, residual = false, ...shape } = the;
  const [batch, height, width] = x;
  const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride), shape.cout] as const;
  return backend.read(
    backend.conv(filled(backend, x, 1), backend.load(weightsOf(shape, 2), shape), {
      stride,
      relu,
      residual: residual ? filled(backend, out, 4) : undefined,
    }),
  );
}

const { validate } = WebAssembly;
const open: Pick<Network, 'dispose'>[] = [];
afterEach(() => {
  WebAssembly.validate = validate;
  for (const one of open.splice(0)) one.dispose();
});

describe('kernels equal the plain loops', () => {
  const cpu = openCpu();
  type Wasm = Awaited<ReturnType<typeof openWasm>>;
  const opened = new Map<boolean, Wasm>();
  beforeAll(async () => {
    opened.set(true, await openWasm({ threads: 1 }));
    // A browser without relaxed SIMD: the first module is refused.
    let asked = 0;
    WebAssembly.validate = (bytes) => asked++ > 0 && validate(bytes);
    opened.set(false, await openWasm({ threads: 1 }));
    expect(asked).toBe(2);
  });
  afterAll(() => {
    for (const backend of opened.values()) backend.dispose();
  });

  describe.each([true, false])('relaxed SIMD: %s', (fused) => {
    const wasm = (): Wasm => {
      const backend = opened.get(fused);
      if (!backend) throw new Error('The backend did not open.');
      return backend;
    };

    test.each(CASES)('for %s', async (_, the) => {
      const [actual, expected] = [await convolve(wasm(), the), await convolve(cpu, the)];
      expect(relativeError(actual, expected)).toBeLessThan(TOLERANCE);
    });

    test('for the mean and the softmax', async () => {
      const meanOf = <M extends DeviceMap, F extends DeviceFilter>(backend: Backend<M, F>) =>
        backend.read(backend.pool(filled(backend, [2, 7, 5, 20], 1)));
      const softmaxOf = <M extends DeviceMap, F extends DeviceFilter>(backend: Backend<M, F>) =>
        backend.read(backend.softmax(filled(backend, [2, 1, 1, 10], 1)));
      expect(relativeError(await meanOf(wasm()), await meanOf(cpu))).toBeLessThan(TOLERANCE);
      expect(relativeError(await softmaxOf(wasm()), await softmaxOf(cpu))).toBeLessThan(TOLERANCE);
    });
  });
});

test('numbers that are none come through', async () => {
  const backend = await openWasm({ threads: 1 });
  open.push(backend);
  const x = backend.upload(Float32Array.of(NaN, 1, 1, 1, 1, 1, 1, 1), [1, 1, 1, 8]);
  const shape = pointwise(8, 8);
  const out = backend.conv(x, backend.load(weightsOf(shape, 1), shape), { stride: 1, relu: true });
  expect(await backend.read(out)).toEqual(new Float32Array(8).fill(NaN));
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
    const x = device.allocate([1, 9, 9, 8]);
    device.write(x, seededValues(9 * 9 * 8, 1));
    const shape = grouped(1, 8);
    const filter = loadFilter(device, weightsOf(shape, 2), shape);
    const convolveOnce = () => {
      const { program, result } = device.record(() =>
        conv(device, x, filter, { stride: 1, relu: true }),
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
    expect(device.blocks()).toBe(2);
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
    code: 'no-backend',
    message: expect.stringContaining('update it') as string,
  });
});
