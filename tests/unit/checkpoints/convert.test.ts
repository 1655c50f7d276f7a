import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  bundledCheckpointSchema,
  convert,
  readCheckpoint,
  requireFit,
  toFloat32,
  type Checkpoint,
} from '../../../src/checkpoints/index.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import { models } from '../../../src/zoo/models.ts';
import { checkpointFixture, FILES, fixture } from './fixtures.ts';

const converted = (checkpoint: Checkpoint, dtype: 'f16' | 'f32'): Uint8Array =>
  convert(checkpoint, requireFit(checkpoint, models), { dtype });

/** The header as any other reader of safetensors sees it. */
function headerOf(bytes: Uint8Array): Record<string, { dtype: string; data_offsets: number[] }> {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as ReturnType<
    typeof headerOf
  >;
}

describe.each(FILES)('$name', ({ name }) => {
  const checkpoint = checkpointFixture(name);

  test('becomes timm-named float32 with equal values and RGB stem', () => {
    const read = readCheckpoint(converted(checkpoint, 'f32'));
    expect(read).toMatchObject({ scheme: 'timm', container: 'safetensors' });
    expect(read.sourceChannelOrder).toBe(checkpoint.sourceChannelOrder);
    expect(requireFit(read, models).params).toBe(49450);
    for (const [key, tensor] of checkpoint.tensors) {
      const own = read.tensors.get(key);
      expect(own && toFloat32(own), key).toEqual(toFloat32(tensor));
    }
  });
});

test('float16 is for convolutions and classifier, float32 for batch norm', () => {
  const { __metadata__: metadata, ...entries } = headerOf(
    converted(checkpointFixture('pycls-zip.pyth'), 'f16'),
  );
  expect(metadata).toEqual({
    format: 'pt',
    source_naming: 'pycls',
    source_channel_order: 'BGR',
  });
  for (const [name, { dtype }] of Object.entries(entries))
    expect(dtype, name).toBe(name.includes('.bn.') ? 'F32' : 'F16');
  expect(Object.keys(entries).some((name) => name.includes('num_batches'))).toBe(false);
});

test('batch norm is halved on demand, without its shift and what no half can hold', () => {
  const checkpoint = checkpointFixture('timm.safetensors');
  const variance = 'stem.bn.running_var';
  const tensors = new Map(checkpoint.tensors);
  const wide = readCheckpoint(converted(checkpoint, 'f32')).tensors.get(variance);
  if (!wide) throw new Error('The fixture has no stem.');
  const large = new Float32Array(wide.shape[0] ?? 0).fill(70_000);
  tensors.set(
    variance,
    new Tensor(new Storage('F32', new Uint8Array(large.buffer)), wide.shape, [1], 0),
  );
  const types = headerOf(
    convert({ ...checkpoint, tensors }, requireFit(checkpoint, models), {
      dtype: 'f16',
      norm: 'f16',
    }),
  );
  expect(types[variance]?.dtype).toBe('F32');
  expect(types['stem.bn.running_mean']?.dtype).toBe('F16');
  expect(types['stem.bn.weight']?.dtype).toBe('F16');
  expect(types['stem.bn.bias']?.dtype).toBe('F32');
});

test('every tensor is aligned to its elements', () => {
  const bytes = converted(checkpointFixture('timm.safetensors'), 'f16');
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  for (const [name, { dtype, data_offsets: offsets }] of Object.entries(headerOf(bytes)))
    if (name !== '__metadata__')
      expect((start + (offsets[0] ?? NaN)) % (dtype === 'F32' ? 4 : 2), name).toBe(0);
});

test('converting twice changes nothing, where the weights come from included', () => {
  const once = converted(checkpointFixture('pycls-legacy.pyth'), 'f32');
  expect(converted(readCheckpoint(once), 'f32')).toEqual(once);
});

test('a damaged description in the file is told', () => {
  const checkpoint = checkpointFixture('timm.safetensors');
  const bytes = converted({ ...checkpoint, metadata: {} }, 'f32');
  const header = headerOf(bytes);
  expect(header).toHaveProperty('__metadata__');
  const text = new TextDecoder('latin1')
    .decode(bytes)
    .replace('source_naming":"timm"', 'regnetx":"{}"        ');
  const damaged = Uint8Array.from(text, (c) => c.charCodeAt(0));
  expect(() => readCheckpoint(damaged)).toThrow('description (metadata key regnetx) is damaged');
});

describe('the network that ships with the site', () => {
  const id = 'regnetx_002.tiny-imagenet-200';
  const root = new URL('../../../', import.meta.url);
  const entry = bundledCheckpointSchema.parse(
    JSON.parse(readFileSync(new URL(`content/checkpoints/${id}.json`, root), 'utf8')),
  );
  const bytes = Uint8Array.from(readFileSync(new URL(`public/${entry.url}`, root)));
  const shipped = readCheckpoint(bytes);
  const original = readCheckpoint(fixture(`weights/${id}.pth`));

  test('is the file that its entry describes', () => {
    expect(entry).toEqual({
      ...shipped.description,
      bundled: true,
      source: 'zoo',
      url: `weights/${id}.safetensors`,
      container: 'safetensors',
      naming: 'timm',
      dtype: 'f16',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  test('is 200MF, with the weights that were trained, rounded to half precision', () => {
    expect(requireFit(shipped, models)).toMatchObject({ design: 'regnetx_002', classes: 200 });
    for (const [name, tensor] of original.tensors) {
      const found = shipped.tensors.get(name);
      const trained = toFloat32(tensor);
      const wanted = name.endsWith('.bn.bias') ? trained : new Float16Array(trained);
      expect(found && toFloat32(found), name).toEqual(Float32Array.from(wanted));
    }
  });

  test('can be made again from what was trained, byte for byte', () => {
    const fit = requireFit(original, models);
    const { description } = shipped;
    const again = convert(original, fit, { dtype: 'f16', norm: 'f16', description });
    expect(Buffer.from(again).equals(bytes)).toBe(true);
  });
});
