import path from 'node:path';
import {
  isShardIndex,
  joinShards,
  missingShards,
  nameTensors,
  readContents,
  requireFit,
  shardNameOf,
  type Checkpoint,
  type Fit,
  type NamedFile,
} from '../checkpoints/index.ts';
import { models } from '../zoo/models.ts';
import { oneOf } from './arguments.ts';
import { readBytes, readIfThere } from './read-file.ts';

/** For `parseOptions` of every verb that reads a checkpoint. */
export const CHANNEL_ORDER_OPTION = { 'channel-order': { type: 'string' } } as const;

/** What `--channel-order` says, if anything. */
export function channelOrderOf(values: {
  readonly 'channel-order'?: string | undefined;
}): 'RGB' | 'BGR' | undefined {
  const order = values['channel-order'];
  return order === undefined ? undefined : oneOf('--channel-order', order, ['RGB', 'BGR'] as const);
}

/** Reads a checkpoint that must fit a RegNetX. Throws a UsageError or CheckpointError. */
export async function readFittingFile(
  file: string,
  channelOrder?: 'RGB' | 'BGR',
): Promise<{ checkpoint: Checkpoint; fit: Fit }> {
  const checkpoint = nameTensors(readContents(await readCheckpointBytes(file)), { channelOrder });
  return { checkpoint, fit: requireFit(checkpoint, models) };
}

/**
 * A checkpoint's bytes; for a shard or an index of shards those of all shards, which stand beside it.
 * Throws a UsageError or CheckpointError.
 */
export async function readCheckpointBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBytes(file);
  const folder = path.dirname(file);
  const series = shardNameOf(isShardIndex(file) ? aShardIn(bytes) : path.basename(file));
  if (!series) return bytes;
  const shards: NamedFile[] = [];
  for (const name of series.all) {
    const isGiven = name === path.basename(file);
    const shard = isGiven ? bytes : await readIfThere(path.join(folder, name));
    if (shard) shards.push({ name, blob: new Blob([shard]) });
  }
  const missing = series.all.filter((name) => shards.every((shard) => shard.name !== name));
  if (missing.length > 0) throw missingShards(series, missing, isShardIndex(file));
  const { blob } = await joinShards(shards);
  return new Uint8Array(await blob.arrayBuffer());
}

/** One of the shards' names that an index lists; empty where it lists none. */
function aShardIn(index: Uint8Array): string {
  const [, name = ''] =
    /"weight_map"[^{]*\{\s*"[^"]*"\s*:\s*"([\w.-]+)"/.exec(new TextDecoder().decode(index)) ?? [];
  return name;
}
