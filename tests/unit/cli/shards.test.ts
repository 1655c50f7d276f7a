/** A checkpoint in several files, on the command line. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { NamedFile } from '../../../src/checkpoints/shards.ts';
import { shardsOf } from '../../shards.ts';
import { checkpoint, inTemporaryFolder, regnetx, regnetxJson } from './run.ts';

const SHARDS = shardsOf(new Uint8Array(readFileSync(checkpoint('timm.safetensors'))), 2);
const [FIRST, SECOND] = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];

async function write(folder: string, shards: readonly NamedFile[]): Promise<void> {
  for (const { name, blob } of shards)
    writeFileSync(path.join(folder, name), new Uint8Array(await blob.arrayBuffer()));
}

test('all are read together, from any of them or from their index', () =>
  inTemporaryFolder(async (folder) => {
    await write(folder, SHARDS);
    const index = path.join(folder, 'model.safetensors.index.json');
    writeFileSync(index, JSON.stringify({ metadata: {}, weight_map: { 'head.fc.bias': SECOND } }));
    for (const file of [path.join(folder, SECOND), index]) {
      const golden = checkpoint('golden.json');
      const { maxAbsError } = await regnetxJson<{ maxAbsError: number }>(
        ...['verify', file, '--golden', golden],
      );
      expect(maxAbsError).toBeLessThan(1e-6);
    }
  }));

test('one without the others is refused with their names', () =>
  inTemporaryFolder(async (folder) => {
    await write(folder, SHARDS.slice(0, 1));
    const { code, stdout, stderr } = await regnetx(['inspect', path.join(folder, FIRST)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `The file is shard 1 of 2 of one checkpoint: bring all of them together (${SECOND} is missing).\n`,
    );
  }));

test('an index without its shards is called one', () =>
  inTemporaryFolder(async (folder) => {
    const index = path.join(folder, 'model.safetensors.index.json');
    writeFileSync(index, JSON.stringify({ metadata: {}, weight_map: { 'head.fc.bias': SECOND } }));
    expect((await regnetx(['inspect', index])).stderr).toBe(
      `The file is an index of shards, which holds no weights: bring all of them together (${FIRST}, ${SECOND} are missing).\n`,
    );
  }));
