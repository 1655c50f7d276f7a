/** How work is cut for WebGPU, and how maps and filters lie in its buffers. */
import { describe, expect, test } from 'vitest';
import { filterGridOf } from '../../../../src/engine/backends/blocks.ts';
import {
  encodeNumbers,
  mapBytes,
  packFilter,
  packMap,
  unpackMap,
} from '../../../../src/engine/backends/webgpu/layout.ts';
import {
  CPU_THREADS,
  goesByRows,
  GPU_THREADS,
  planProduct,
  planWindow,
  windowBytes,
  type WindowWork,
} from '../../../../src/engine/backends/webgpu/plan.ts';
import { windowShader } from '../../../../src/engine/backends/webgpu/window.ts';
import { source, storageOf, workgroupsOf } from '../../../../src/engine/backends/webgpu/wgsl.ts';
import type { MapShape, Precision } from '../../../../src/engine/backend.ts';
import { networkOf } from '../../../../src/regnet/index.ts';
import { models } from '../../../../src/zoo/models.ts';

/** Every convolution with a window of a model, as it is cut. */
function windowsOf(design: (typeof models)[number]['design'], side: number): WindowWork[] {
  return networkOf(design, side)
    .layers.filter(({ op, kernel }) => op === 'conv' && kernel > 1)
    .flatMap(({ kernel, stride, cin, cout, groups, hout, wout }) => {
      const grid = filterGridOf({ kernel, cin, cout, groups });
      const work = { kernel, stride, groupIn: grid.blocksIn, groupOut: grid.blocksOut };
      return [8, 16].flatMap((cellBytes) =>
        [CPU_THREADS, GPU_THREADS].map((busy) => {
          return { ...work, groups: grid.groups, batch: 1, hout, wout, cellBytes, busy };
        }),
      );
    });
}

describe('a convolution with a window', () => {
  test.each(models)('of $name stays within what every device grants', ({ design }) => {
    for (const work of [224, 64, 33].flatMap((side) => windowsOf(design, side))) {
      const plan = planWindow(work);
      const { pixels, blocks, segments, rows, depth } = plan;
      expect(blocks * segments * rows).toBeLessThanOrEqual(256);
      expect(windowBytes(plan, work)).toBeLessThanOrEqual(16384);
      // No thread without a pixel or a channel of its own in the first workgroup.
      expect((segments - 1) * pixels).toBeLessThan(work.wout);
      expect(rows).toBeLessThanOrEqual(work.hout);
      expect(blocks).toBeLessThanOrEqual(work.groupOut);
      expect(work.groupIn % depth).toBe(0);
    }
  });

  const wide: WindowWork = {
    ...{ kernel: 3, stride: 1, groupIn: 42, groupOut: 42, groups: 2, batch: 1 },
    ...{ hout: 56, wout: 56, cellBytes: 16, busy: GPU_THREADS },
  };
  test('has several pixels a thread where there are many, which divide the row', () => {
    const { pixels, segments } = planWindow(wide);
    expect(pixels).toBeGreaterThanOrEqual(4);
    expect(wide.wout % (pixels * segments)).toBe(0);
  });

  test('has fewer where a GPU would idle', () => {
    const small = { ...wide, groupIn: 2, groupOut: 2, groups: 19, hout: 14, wout: 14 };
    expect(planWindow(small).pixels).toBeLessThan(planWindow({ ...small, busy: 1 }).pixels);
  });

  test('takes windows of any odd size that fits, and says which does not', () => {
    for (const kernel of [5, 7, 11])
      expect(windowBytes(planWindow({ ...wide, kernel }), { ...wide, kernel })).toBeLessThan(16385);
    expect(() => planWindow({ ...wide, kernel: 17 })).toThrow('too large');
  });

  test('declares the workgroup memory that was planned', () => {
    const plan = planWindow(wide);
    const code = source(windowShader({ ...plan, kernel: 3, stride: 1 }, 'float32'));
    const cells = [...code.matchAll(/var<workgroup> \w+: array<Cell, (\d+)>/g)].map(([, n]) =>
      Number(n),
    );
    expect(cells.reduce((sum, n) => sum + n, 0) * 16).toBe(windowBytes(plan, wide));
  });
});

describe('a product', () => {
  test('has large tiles where there are many pixels, small ones where a GPU would idle', () => {
    expect(planProduct(56 * 56, 84, GPU_THREADS)).toEqual({ pixels: 8, blocks: 2 });
    expect(planProduct(49, 38, GPU_THREADS).pixels).toBe(1);
  });

  test('goes by rows for the classifier, not for maps', () => {
    expect(goesByRows(1, 250, GPU_THREADS)).toBe(true);
    expect(goesByRows(49, 250, GPU_THREADS)).toBe(false);
    expect(goesByRows(1, 250, CPU_THREADS)).toBe(false);
  });
});

test('more workgroups than an axis takes go along another', () => {
  expect(workgroupsOf(3, 100)).toEqual([3, 100, 1]);
  const [, y, z] = workgroupsOf(3, 200_000);
  expect(y).toBeLessThanOrEqual(65535);
  expect(y * z).toBeGreaterThanOrEqual(200_000);
});

test('half floats are a type where the GPU has it, words of two elsewhere', () => {
  expect(storageOf('float16', new Set(['shader-f16']))).toBe('float16');
  expect(storageOf('float16', new Set())).toBe('packed');
  expect(storageOf('float32', new Set(['shader-f16']))).toBe('float32');
});

describe('in buffers', () => {
  test('a pixel fills cells of four channels with zeros', () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect([...packMap(values, [1, 1, 2, 3])]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
  });

  test.each<[Precision, MapShape]>([
    ['float32', [2, 3, 5, 7]],
    ['float16', [2, 3, 5, 7]],
    ['float32', [1, 4, 4, 8]],
    ['float16', [1, 1, 1, 5]],
  ])('maps of %s %j round-trip', (precision, shape) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i / 4);
    const numbers = encodeNumbers(packMap(values, shape), precision);
    const { buffer } = ArrayBuffer.isView(numbers) ? numbers : new Uint8Array(numbers);
    expect(buffer.byteLength).toBe(mapBytes(shape, precision));
    expect(unpackMap(buffer, shape, precision)).toEqual(values);
  });

  test('a filter is its biases, then a row of outputs for each input channel and tap', () => {
    // Two groups of two channels go together: output o reads inputs of its own group only.
    const shape = { kernel: 1, groups: 2, cin: 4, cout: 4 };
    const weight = Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8);
    const packed = packFilter(
      { weight, bias: Float32Array.of(9, 8, 7, 6) },
      shape,
      filterGridOf(shape),
    );
    expect([...packed]).toEqual([
      ...[9, 8, 7, 6],
      ...[1, 2, 0, 0],
      ...[5, 6, 0, 0],
      ...[0, 0, 3, 4],
      ...[0, 0, 7, 8],
    ]);
  });
});
