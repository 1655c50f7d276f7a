/** Checkpoints that were saved in several files, the shards, as one file. */
import { CheckpointError } from './errors.ts';
import type { HeaderEntry } from './safetensors-header.ts';
import { looksLikeSafetensors, readHeader, safetensorsHeader } from './safetensors.ts';

/** What a shard's name says, as Hugging Face's libraries write it: `model-00002-of-00003.safetensors`. */
export interface ShardName {
  readonly index: number;
  readonly count: number;
  /** The names of all shards, this one included, in their order. */
  readonly all: readonly string[];
  /** What the whole would be called. */
  readonly whole: string;
}

const NAME = /^(?<stem>.*)-(?<index>\d{1,5})-of-(?<count>\d{1,5})(?<ending>\.\w+)$/;
/** No RegNetX needs as many. */
const MOST_SHARDS = 64;

/** Reads the name of a file; undefined where it is no shard's, or the only shard's. */
export function shardNameOf(file: string): ShardName | undefined {
  const { stem = '', index = '', count = '', ending = '' } = NAME.exec(file)?.groups ?? {};
  const [at, shards] = [Number(index), Number(count)];
  if (shards < 2 || shards > MOST_SHARDS || at < 1 || at > shards) return undefined;
  const all = Array.from(
    { length: shards },
    (_, i) => `${stem}-${String(i + 1).padStart(index.length, '0')}-of-${count}${ending}`,
  );
  return { index: at, count: shards, all, whole: `${stem}${ending}` };
}

/** Whether a file is the index that lists shards. */
export function isShardIndex(file: string): boolean {
  return file.endsWith('.index.json');
}

/** A file by its name. */
export interface NamedFile {
  readonly name: string;
  readonly blob: Blob;
}

/**
 * One file from several: from one shard of safetensors each, in any order, with or without their
 * index. Only headers are read; the tensors stay where they are. Rejects with a CheckpointError that
 * says what is missing, or does not belong.
 */
export async function joinShards(files: readonly NamedFile[]): Promise<NamedFile> {
  const shards = files.filter(({ name }) => !isShardIndex(name));
  const [first] = shards;
  const series = first && shardNameOf(first.name);
  const stranger = shards.find(({ name }) => !series?.all.includes(name));
  if (!series || stranger)
    throw new CheckpointError(
      'unsupported',
      `Several files are taken together only where they are all the shards of one checkpoint${stranger ? `, and ${stranger.name} is none of them` : ''}: choose one file.`,
    );
  const ordered = series.all.map((name) => shards.find((shard) => shard.name === name));
  const missing = series.all.filter((_, i) => ordered[i] === undefined);
  if (missing.length > 0) throw missingShards(series, missing);
  return { name: series.whole, blob: await join(ordered.filter((shard) => shard !== undefined)) };
}

/** What is thrown where a shard, or the index of all, comes without the others. */
export function missingShards(
  { index, count }: ShardName,
  missing: readonly string[],
  ofIndex = false,
): CheckpointError {
  const what = ofIndex
    ? 'an index of shards, which holds no weights'
    : `shard ${index} of ${count} of one checkpoint`;
  return new CheckpointError(
    'unsupported',
    `The file is ${what}: bring all of them together (${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing).`,
  );
}

async function join(shards: readonly NamedFile[]): Promise<Blob> {
  const entries = new Map<string, HeaderEntry>();
  const owners = new Map<string, string>();
  const parts: Blob[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  let end = 0;
  for (const { name: file, blob } of shards) {
    if (!looksLikeSafetensors(new Uint8Array(await blob.slice(0, 16).arrayBuffer())))
      throw new CheckpointError(
        'unsupported',
        `${file} is no safetensors file, and only those are taken together: load the checkpoint with its library and save it as one file (save_pretrained with a max_shard_size above its size).`,
      );
    const { header, dataStart } = await readHeader(blob);
    for (const [name, entry] of header.entries) {
      const owner = owners.get(name);
      if (owner !== undefined)
        throw new CheckpointError('malformed', `The tensor ${name} is in ${owner} and in ${file}.`);
      owners.set(name, file);
      const [from, to] = entry.offsets;
      entries.set(name, { ...entry, offsets: [end + from, end + to] });
    }
    metadata = { ...header.metadata, ...metadata };
    parts.push(blob.slice(dataStart));
    end += blob.size - dataStart;
  }
  return new Blob([safetensorsHeader(entries, metadata), ...parts]);
}
