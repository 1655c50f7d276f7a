/** The operations of a backend against plain loops on the CPU: one suite for all of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  Backend,
  DeviceFilter,
  DeviceMap,
  FilterShape,
  MapShape,
} from '../../src/engine/backend.ts';
import { openCpu } from '../../src/engine/backends/cpu/index.ts';
import { softmax } from '../../src/engine/softmax.ts';
import { maxAbsError, relativeError, seededValues } from '../seeded.ts';

/** Float32 sums of up to a few thousand products, in another order. */
const TOLERANCE = 1e-4;
/** Every group width that occurs in the twelve variants. */
const GROUP_WIDTHS = [8, 16, 24, 40, 48, 56, 64, 72, 80, 112, 120, 128, 168];

interface Case {
  readonly batch?: number;
  readonly height?: number;
  readonly width: number;
  readonly cin: number;
  readonly cout?: number;
  readonly groups?: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly relu?: boolean;
  readonly residual?: boolean;
}

const cpu = openCpu();

function filledValues(shape: MapShape, seed = 1): Float32Array {
  return seededValues(
    shape.reduce((product, n) => product * n, 1),
    seed,
  );
}

function filled<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  seed: number,
  shape: MapShape,
): M {
  return backend.upload(filledValues(shape, seed), shape);
}

/** A filter of seeded weights; with biases of one value if one is given. */
function filterOf<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  seed: number,
  shape: FilterShape,
  bias?: number,
): F {
  const { kernel, cin, cout, groups } = shape;
  const weight = seededValues((kernel * kernel * cin * cout) / groups, seed);
  const biases = bias === undefined ? seededValues(cout, seed + 1) : null;
  return backend.load({ weight, bias: biases ?? new Float32Array(cout).fill(bias ?? 0) }, shape);
}

/**
 * The convolution as a prepared computation, run twice. Its x is one that another has written, and
 * what it writes to is memory that a larger map has left full of NaN.
 */
async function convolve<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  the: Case,
): Promise<Float32Array[]> {
  const { batch = 1, width, height = width, cin, cout = cin, groups = 1, kernel = 3 } = the;
  const { stride = 1, relu = true, residual: withResidual = false } = the;
  const shape: MapShape = [batch, height, width, cin];
  const out: MapShape = [batch, Math.ceil(height / stride), Math.ceil(width / stride), cout];
  const pointwise = { kernel: 1, cin, groups: 1 };
  const identity = filterOf(backend, 2, { ...pointwise, cout: cin }, 9);
  const spoiler = filterOf(backend, 6, { ...pointwise, cout: cout + 8 }, NaN);
  const filter = filterOf(backend, 3, { kernel, cin, cout, groups });
  const residual = withResidual ? filled(backend, 5, out) : undefined;
  const plain = { stride: 1, relu: false };
  const prepared = backend.prepare(shape, (image) => {
    const x = backend.conv(image, identity, plain);
    backend.release(backend.conv(x, spoiler, plain));
    const result = backend.conv(x, filter, { stride, relu, residual });
    expect(result.shape).toEqual(out);
    for (const map of [image, x]) backend.release(map);
    return { result };
  });
  const image = seededValues(batch * height * width * cin, 1);
  const values = [await prepared.run(image, 'result'), await prepared.run(image, 'result')];
  prepared.dispose();
  for (const one of [identity, spoiler, filter]) backend.release(one);
  if (residual) backend.release(residual);
  return values;
}

/** Tests every operation of a backend, which is opened once for all of them. */
export function testOperations<M extends DeviceMap, F extends DeviceFilter>(
  label: string,
  open: () => Backend<M, F> | Promise<Backend<M, F>>,
): void {
  let backend: Backend<M, F>;
  beforeAll(async () => {
    backend = await open();
  });
  afterAll(() => {
    backend.dispose();
  });

  /** Twice, since only the second run finds used memory everywhere, against the CPU. */
  const expectAgreement = async (the: Case): Promise<void> => {
    const [expected = new Float32Array()] = await convolve(cpu, the);
    for (const values of await convolve(backend, the))
      expect(relativeError(values, expected)).toBeLessThan(TOLERANCE);
  };

  describe(`grouped 3x3 on ${label} equals the CPU`, () => {
    test.each(GROUP_WIDTHS)(
      'for group width %i, both strides, odd and even widths',
      async (width) => {
        const channels = { cin: 3 * width, groups: 3 };
        await expectAgreement({ ...channels, width: 7, stride: 1 });
        await expectAgreement({ ...channels, width: 7, stride: 2 });
        await expectAgreement({ ...channels, width: 4, stride: 1, relu: false });
        await expectAgreement({ ...channels, width: 4, stride: 2, batch: 2 });
        await expectAgreement({ ...channels, width: 1, stride: 1 });
      },
    );

    test.each([
      ['a batch of odd maps', { width: 5, height: 3, cin: 16, groups: 2, batch: 3 }],
      [
        'a batch of odd maps, stride 2',
        { width: 5, height: 8, cin: 16, groups: 2, batch: 2, stride: 2 },
      ],
      [
        'a width that is even in and odd out',
        { width: 6, cin: 16, groups: 2, stride: 2, relu: false },
      ],
      ['one pixel, stride 2', { width: 1, cin: 16, groups: 2, stride: 2 }],
      [
        'the stem: three channels in one group',
        { width: 9, cin: 3, cout: 32, stride: 2, batch: 2 },
      ],
      ['odd channels in one group', { width: 5, cin: 5, cout: 7 }],
      ['groups that change their width', { width: 5, cin: 16, cout: 24, groups: 4 }],
      ['odd groups', { width: 5, cin: 9, groups: 3, batch: 2 }],
      ['odd groups, stride 2', { width: 7, cin: 20, groups: 4, stride: 2, residual: true }],
      ['one channel a group', { width: 7, cin: 8, groups: 8, stride: 2, relu: false }],
    ] satisfies [string, Case][])('for %s', (_, the) => expectAgreement(the));
  });

  describe(`1x1 on ${label} equals the CPU`, () => {
    test.each([
      ['an even map', { width: 8, cin: 24, cout: 56 }],
      ['an odd map with a residual', { width: 7, cin: 24, residual: true }],
      ['a residual without ReLU', { width: 4, cin: 24, residual: true, relu: false, batch: 2 }],
      ['a projection', { width: 8, cin: 24, cout: 56, stride: 2, relu: false }],
      ['a projection of an odd map', { width: 7, cin: 24, cout: 56, stride: 2, batch: 2 }],
      ['odd channels', { width: 7, cin: 25, cout: 35, residual: true }],
      ['a classifier', { width: 1, cin: 368, cout: 1000, relu: false, batch: 2 }],
      ['a classifier of odd size', { width: 1, cin: 64, cout: 7, relu: false }],
    ] satisfies [string, Omit<Case, 'kernel'>][])('for %s', (_, the) =>
      expectAgreement({ ...the, kernel: 1 }),
    );
  });

  test('a map that is taller than wide, with ragged tiles', async () => {
    const tall = { width: 131, height: 300, cin: 8, groups: 1 };
    await expectAgreement({ ...tall, kernel: 1 });
    await expectAgreement({ ...tall, groups: 2, batch: 2, stride: 2 });
  });

  test.each([7, 8, 1])('the mean over a map of width %i equals the CPU', async (width) => {
    const meanOf = <M extends DeviceMap, F extends DeviceFilter>(backend: Backend<M, F>) =>
      backend.read(backend.pool(filled(backend, 1, [2, width, width, 24])));
    expect(relativeError(await meanOf(backend), await meanOf(cpu))).toBeLessThan(TOLERANCE);
  });

  describe(`softmax on ${label}`, () => {
    test.each([1, 7, 200, 1000])('of %i channels equals the CPU, row by row', async (channels) => {
      // A second row that would overflow without its maximum subtracted.
      const logits = seededValues(2 * channels, 1).map((v, i) => v * 10 + (i < channels ? 0 : 1e4));
      const x = backend.upload(logits, [2, 1, 1, channels]);
      const probabilities = await backend.read(backend.softmax(x));
      expect(maxAbsError(probabilities, softmax(logits, channels))).toBeLessThan(1e-6);
    });

    test('refuses a map', () => {
      const map = filled(backend, 1, [1, 2, 1, 8]);
      expect(() => backend.softmax(map)).toThrow('takes a map of [batch, 1, 1, channels]');
    });
  });

  test('what was uploaded is read back, at any shape', async () => {
    const shapes: MapShape[] = [
      [1, 1, 1, 1],
      [1, 1, 1, 7],
      [1, 1, 3, 5],
      [2, 3, 5, 7],
      [1, 4, 4, 8],
    ];
    for (const shape of shapes) {
      const values = filledValues(shape);
      expect(await backend.read(backend.upload(values, shape))).toEqual(values);
    }
  });
}
