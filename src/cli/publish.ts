import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledCheckpointSchema, type CheckpointDescription } from '../checkpoints/index.ts';
import { UsageError } from './arguments.ts';
import { lock } from './lock.ts';
import { writeWhole } from './write-file.ts';

/** The repository, which holds public/weights/, content/checkpoints/ and content/labels/. */
export const SITE = fileURLToPath(new URL('../../', import.meta.url));

/** Where unfinished downloads and locks are; survives `npm ci` no more than the packages do. */
export const CACHE = path.join(SITE, 'node_modules', '.cache', 'regnetx');

/**
 * Puts weights and their catalogue entry where the site finds them. Returns the paths written,
 * relative to the site. Throws a UsageError when the class names are missing or of another number.
 */
export async function publish(
  site: string,
  bytes: Uint8Array,
  made: { description: CheckpointDescription; dtype: 'f16' | 'f32'; sha256: string },
): Promise<string[]> {
  const { description, dtype, sha256 } = made;
  await checkLabels(site, description);
  const url = `weights/${description.id}.safetensors`;
  const entry = bundledCheckpointSchema.parse({
    ...description,
    bundled: true,
    source: 'zoo',
    url,
    container: 'safetensors',
    naming: 'timm',
    dtype,
    bytes: bytes.length,
    sha256,
  });
  const weightsFile = path.join('public', url);
  const entryFile = path.join('content', 'checkpoints', `${description.id}.json`);
  // Weights and entry belong together, so only one process at a time puts them there.
  const release = await lock(path.join(CACHE, `${description.id}.publish.lock`));
  try {
    await writeWhole(
      { file: path.join(site, weightsFile), pieces: [bytes] },
      { file: path.join(site, entryFile), pieces: [new TextEncoder().encode(formatJson(entry))] },
    );
  } finally {
    release();
  }
  return [weightsFile, entryFile];
}

/** JSON as Prettier formats it, which the lint checks: rows of numbers on one line. */
function formatJson(value: object): string {
  const json = JSON.stringify(value, null, 2);
  const rows = /\[\s+(-?[\d.]+(?:,\s+-?[\d.]+)*)\s+\]/g;
  return `${json.replaceAll(rows, (_, row: string) => `[${row.replaceAll(/\s+/g, ' ')}]`)}\n`;
}

async function checkLabels(
  site: string,
  { labels, classes }: CheckpointDescription,
): Promise<void> {
  const file = path.join('content', 'labels', `${labels}.tsv`);
  let text: string;
  try {
    text = await readFile(path.join(site, file), 'utf8');
  } catch {
    throw new UsageError(`The class names are missing; put them into ${file}.`);
  }
  const names = text.trimEnd().split('\n').length - 1; // the first line is the heading
  if (names !== classes)
    throw new UsageError(`${file} names ${names} classes, but the network has ${classes}.`);
}
