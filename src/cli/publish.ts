import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledCheckpointSchema, type CheckpointDescription } from '../checkpoints/index.ts';
import { UsageError } from './arguments.ts';
import { lock } from './lock.ts';
import { resolvePath } from './read-file.ts';
import { writeWhole } from './write-file.ts';

/**
 * The repository, or the package: the folder above this file that holds content/checkpoints/ and
 * content/labels/.
 */
export const SITE = above(path.dirname(fileURLToPath(import.meta.url)));

/** Whether it is the repository, which holds the site: the package has nothing to put weights into. */
export const IS_SITE = existsSync(path.join(SITE, 'public'));

function above(folder: string): string {
  return existsSync(path.join(folder, 'content', 'labels')) ? folder : above(path.dirname(folder));
}

/**
 * Where unfinished downloads and locks are: in the repository they survive `npm ci` no more than the
 * packages do.
 */
export const CACHE = IS_SITE
  ? path.join(SITE, 'node_modules', '.cache', 'regnetx')
  : path.join(tmpdir(), 'regnetx-zoo');

/** Where a verb puts weights without `-o`: what `--site` says, else this repository. Throws a UsageError. */
export function siteOf(given: string | undefined): string {
  if (given !== undefined) return resolvePath(given);
  if (IS_SITE) return SITE;
  throw new UsageError('Say where to write with -o OUT.safetensors.');
}

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
