/** A checkpoint in several files, as Hugging Face's libraries save one beyond a size. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { joinShards, shardNameOf, type NamedFile } from '../../../src/checkpoints/shards.ts';
import { readSafetensors, writeSafetensors } from '../../../src/checkpoints/safetensors.ts';
import { Tensor, toFloat32 } from '../../../src/checkpoints/tensor.ts';
import { shardsOf } from '../../shards.ts';

const whole = new Uint8Array(readFileSync('tests/fixtures/checkpoints/timm.safetensors'));

const valuesOf = (bytes: Uint8Array) =>
  new Map(
    Array.from(readSafetensors(bytes).tensors, ([name, tensor]) => [
      name,
      tensor instanceof Tensor ? { shape: tensor.shape, values: toFloat32(tensor) } : null,
    ]),
  );

const bytesOf = async ({ blob }: NamedFile) => new Uint8Array(await blob.arrayBuffer());

describe('all shards', () => {
  test('are one file again, whatever their order, with their index or without', async () => {
    const shards = shardsOf(whole, 3);
    const index = { name: 'model.safetensors.index.json', blob: new Blob(['{"weight_map":{}}']) };
    for (const files of [shards, [...shards].reverse(), [index, ...shards]]) {
      const joined = await joinShards(files);
      expect(joined.name).toBe('model.safetensors');
      expect(valuesOf(await bytesOf(joined))).toEqual(valuesOf(whole));
    }
  });

  test('but one are told which is missing', async () => {
    const [first, , third] = shardsOf(whole, 3);
    const some = [first, third].filter((shard) => shard !== undefined);
    await expect(joinShards(some)).rejects.toThrow(
      'shard 1 of 3 of one checkpoint: bring all of them together (model-00002-of-00003.safetensors is missing)',
    );
  });

  test('must belong together, be safetensors, and hold no tensor twice', async () => {
    const [first, second] = shardsOf(whole, 2);
    if (!first || !second) throw new Error('There are two shards.');
    const other = { ...second, name: 'other-00002-of-00002.safetensors' };
    await expect(joinShards([first, other])).rejects.toThrow('and other-00002-of-00002');
    const pickled = { ...second, blob: new Blob(['PK\u0003\u0004 and no header at all']) };
    await expect(joinShards([first, pickled])).rejects.toThrow('is no safetensors file');
    const twice = { ...second, blob: first.blob };
    await expect(joinShards([first, twice])).rejects.toThrow(
      `is in ${first.name} and in ${second.name}`,
    );
  });

  test('that end too early are damaged, as a whole file would be', async () => {
    const [first, second] = shardsOf(whole, 2);
    if (!first || !second) throw new Error('There are two shards.');
    const cut = { ...second, blob: second.blob.slice(0, second.blob.size - 4) };
    const joined = await bytesOf(await joinShards([first, cut]));
    expect(() => readSafetensors(joined)).toThrow('4 bytes before the end');
  });
});

test.each([
  ['model-00002-of-00003.safetensors', 2, 3],
  ['pytorch_model-00001-of-00002.bin', 1, 2],
  ['model.safetensors', undefined, undefined],
  ['model-00001-of-00001.safetensors', undefined, undefined],
  ['model-00004-of-00003.safetensors', undefined, undefined],
  ['model-00001-of-99999.safetensors', undefined, undefined],
])('the name %s says shard %s of %s', (name, index, count) => {
  expect(shardNameOf(name)?.index).toBe(index);
  expect(shardNameOf(name)?.count).toBe(count);
});

test('names of tensors survive, whatever they are', async () => {
  const nasty = ['__proto__', '"quoted"\n', 'constructor'];
  const shard = (name: string, i: number) => ({
    name: `m-0000${i + 1}-of-00003.safetensors`,
    blob: new Blob([
      writeSafetensors([{ name, dtype: 'F32', shape: [1], values: () => Float32Array.of(i) }], {}),
    ]),
  });
  const joined = await joinShards(nasty.map(shard));
  expect([...readSafetensors(await bytesOf(joined)).tensors.keys()]).toEqual(nasty);
});
