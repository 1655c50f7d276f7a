/** What a device refuses, told out of the layer list: the sizes are those of the kernels' own layouts. */
import { describe, expect, test } from 'vitest';
import { obstacleTo, type Fitting } from '../../../src/engine/fits.ts';
import { wasmLimits } from '../../../src/engine/backends/wasm/limits.ts';
import { memoryNeeded } from '../../../src/engine/backends/wasm/needs.ts';
import { largestTexture } from '../../../src/engine/backends/webgl/needs.ts';
import { largestBuffer } from '../../../src/engine/backends/webgpu/needs.ts';
import { networkOf, runningBytes } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';

const layersOf = (id: string, resolution?: number) =>
  networkOf(modelOf(id).design, resolution).layers;

/** A network on a device of which nothing else is known. */
const fitting = (id: string, known: Partial<Fitting>): Fitting => {
  const layers = layersOf(id);
  const bytes = runningBytes(layers);
  const nothing = { limits: null, memory: null, expectedMs: null };
  return { layers, bytes, precision: 'float32', ...nothing, ...known };
};

/** The variants that a device refuses. */
const refused = (known: Partial<Fitting>) =>
  models.filter(({ id }) => obstacleTo(fitting(id, known)) !== null).map(({ id }) => id);

describe('textures', () => {
  const textures = (side: number, targets: number): Partial<Fitting> => ({
    limits: { kind: 'textures', side, targets },
  });

  test('what every WebGL2 grants, 2048 and four targets, is too little for two variants', () => {
    expect(refused(textures(2048, 4))).toEqual(['regnetx_120', 'regnetx_320']);
    // 14 pixels a row in tiles of four, 2520 channels in blocks of four.
    expect(largestTexture(layersOf('regnetx_320'), 4)).toMatchObject({
      name: 's4.b1.conv1',
      size: { columns: 4 * (2520 / 4), rows: 14 },
    });
    expect(obstacleTo(fitting('regnetx_320', textures(2048, 4)))).toBe(
      's4.b1.conv1 needs a texture of 2,520 × 14 texels, and this graphics processor allows 2,048 a side. Take a smaller variant, or another way to compute.',
    );
  });

  test('with eight targets, as on most, all twelve fit into 2048', () => {
    expect(refused(textures(2048, 8))).toEqual([]);
    // 112 pixels a row in tiles of seven, 336 channels in blocks of four.
    expect(largestTexture(layersOf('regnetx_320'), 8)).toMatchObject({
      name: 's1.b1.conv1',
      size: { columns: 16 * (336 / 4), rows: 112 },
    });
    expect(refused(textures(1024, 8))).toEqual(['regnetx_120', 'regnetx_320']);
  });

  test('of a small network on a large picture it is the picture', () => {
    const layers = layersOf('regnetx_002', 4096);
    expect(largestTexture(layers, 8)).toMatchObject({ name: 'The picture', size: { rows: 4096 } });
  });
});

describe('buffers', () => {
  test('the default of WebGPU, 128 MiB, holds all twelve, a tenth of it not', () => {
    const buffers = (bytes: number): Partial<Fitting> => ({ limits: { kind: 'buffers', bytes } });
    expect(refused(buffers(2 ** 27))).toEqual([]);
    expect(refused(buffers(2 ** 27 / 10))).toEqual([
      ...['regnetx_080', 'regnetx_120', 'regnetx_160', 'regnetx_320'],
    ]);
    // 2520 by 2520 weights and 2520 biases.
    const most = 4 * 2520 * 2521;
    expect(largestBuffer(layersOf('regnetx_320'), 'float32').bytes).toBe(most);
    expect(largestBuffer(layersOf('regnetx_320'), 'float16').bytes).toBe(most / 2);
    expect(obstacleTo(fitting('regnetx_320', buffers(2 ** 24)))).toMatch(
      /^s4\.b\d+\.conv\d needs 25,411,680 bytes at once, .* binds no more than 16,777,216\. Take/,
    );
  });
});

describe('memory', () => {
  test('WebAssembly’s holds all twelve, and half of it not the largest', () => {
    expect(refused({ limits: wasmLimits })).toEqual([]);
    expect(refused({ limits: { kind: 'memory', bytes: wasmLimits.bytes / 2 } })).toEqual([
      'regnetx_320',
    ]);
    const { params } = networkOf(modelOf('regnetx_320').design).complexity;
    expect(memoryNeeded(layersOf('regnetx_320'))).toBeGreaterThan(4 * params);
  });

  test('a page gets half of a device’s, where that is known', () => {
    expect(refused({ memory: null })).toEqual([]);
    expect(refused({ memory: 2 ** 30 })).toEqual(['regnetx_320']);
    expect(obstacleTo(fitting('regnetx_320', { memory: 2 ** 30, bytes: 1e9 }))).toBe(
      'The network takes about 1.0 GB of memory; this device has about 1 GB in all, likely too little for it. Close what else is open, or take a smaller variant.',
    );
  });
});

test('a pass may take half a minute, and what is refused comes first', () => {
  expect(obstacleTo(fitting('regnetx_320', { expectedMs: 30_000 }))).toBeNull();
  const slow = fitting('regnetx_320', { expectedMs: 44_600 });
  expect(obstacleTo(slow)).toBe(
    'By what was timed on this device a pass takes about 45 s. Take a smaller variant, or another way to compute.',
  );
  expect(obstacleTo({ ...slow, memory: 2 ** 30 })).toContain('GB of memory');
  expect(obstacleTo({ ...slow, limits: { kind: 'buffers', bytes: 1 } })).toContain('binds no more');
});
