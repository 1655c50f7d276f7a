import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  convert,
  nameTensors,
  readContents,
  requireFit,
  type CheckpointDescription,
} from '../checkpoints/index.ts';
import { identify, type HubFile, type Identity } from '../weights/hub-file.ts';
import type { Progress } from '../weights/meter.ts';
import { transfer } from '../weights/transfer.ts';
import { float32Bytes, networkOf } from '../regnet/index.ts';
import { findModel, models, type Model } from '../zoo/models.ts';
import { oneOf, onePositional, parseOptions, UsageError } from './arguments.ts';
import {
  FETCHABLE,
  publishedAccuracy,
  publishedWeights,
  type Fetchable,
  type PublishedEntry,
} from './catalogue.ts';
import { openPartialFile } from './disk-file.ts';
import { tryLock } from './lock.ts';
import { progressBar, progressLine } from './progress-bar.ts';
import { CACHE, publish, siteOf } from './publish.ts';
import { readBytes } from './read-file.ts';
import { whenStopped } from './stopping.ts';
import { printJson, printLines } from './terminal.ts';
import { writeWhole } from './write-file.ts';

/**
 * `regnetx fetch`: official weights of a variant into a file (`-o`), or into the site, so that it serves
 * them itself.
 * Downloads (resuming an earlier try), checks the hash, converts, and writes the catalogue entry.
 */
export async function fetchWeights(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    source: { type: 'string', default: 'timm' },
    dtype: { type: 'string', default: 'f16' },
    base: { type: 'string' },
    site: { type: 'string' },
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
  });
  const query = onePositional(positionals, 'a variant, such as regnetx_002');
  const model = findModel(query);
  if (!model)
    throw new UsageError(
      `There is no variant ${query}; there are ${models.map((m) => m.id).join(', ')}.`,
    );
  const source = oneOf('--source', values.source, FETCHABLE);
  const dtype = oneOf('--dtype', values.dtype, ['f16', 'f32']);
  const entry = await publishedWeights(model.id, source);
  if (!entry) throw new UsageError(`${source} publishes no weights of ${model.name}.`);

  const { output } = values;
  // Before anything is downloaded.
  const site = output === undefined ? siteOf(values.site) : '';
  const file = hubFile(entry, model, values.base ?? process.env.PUBLIC_WEIGHTS_BASE);
  const { bytes, check } = await download(file, entry);
  const contents = readContents(bytes);
  const checkpoint = nameTensors(contents, {});
  const fit = requireFit(checkpoint, models);
  const description = describe(entry, source, fit.classes);
  const safetensors = convert(checkpoint, fit, { dtype, description });
  const sha256 = createHash('sha256').update(safetensors).digest('hex');
  if (output !== undefined) await writeWhole({ file: output, pieces: [safetensors] });
  const outputs =
    output === undefined
      ? await publish(site, safetensors, { description, dtype, sha256 })
      : [output];
  const { id } = description;
  const { length } = safetensors;
  if (values.json) printJson({ id, url: file.url, check, outputs, dtype, bytes: length, sha256 });
  else
    printLines([
      ...outputs,
      `${length.toLocaleString('en')} bytes, ${dtype}; the download's SHA-256: ${CHECKS[check]}`,
    ]);
}

/** How much of the download's hash the publisher tells. */
const CHECKS = {
  whole: 'as published',
  prefix: 'begins with the eight digits that are published',
  none: 'not published by this source, so not compared',
} as const;

function hubFile(entry: PublishedEntry, { design }: Model, base: string | undefined): HubFile {
  const { pathname } = new URL(entry.url);
  // pycls's files hold the optimiser's momentum as well.
  const copies = entry.source === 'pycls' ? 2 : 1;
  return {
    id: entry.id,
    url: base === undefined ? entry.url : base.replace(/\/$/, '') + pathname,
    bytes: copies * float32Bytes(networkOf(design).layers),
    sha256: entry.sha256,
  };
}

async function download(file: HubFile, entry: PublishedEntry) {
  const bar = progressBar(process.stderr, progressLine);
  const { signal } = new AbortController();
  const onProgress = (progress: Progress) => {
    bar.show(progress);
  };
  try {
    const identity = await identityOf(file, entry, signal);
    const { partial, done, kept } = placeFor(`${file.id}~${identity.sha256}`);
    const finished = whenStopped(() => {
      bar.end();
      return kept
        ? 'Stopped. What has arrived is kept; the same command goes on from there.'
        : 'Stopped.';
    });
    try {
      const disk = openPartialFile(partial);
      try {
        await transfer(file, identity, disk, { signal, onProgress });
      } finally {
        disk.close();
      }
      const bytes = await readBytes(partial);
      rmSync(partial);
      // What was checked on its way in may have changed on the disk.
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (!sha256.startsWith(identity.sha256))
        throw new UsageError('The download changed on the disk while it was read; try again.');
      const check: keyof typeof CHECKS =
        identity.sha256.length === 64 ? 'whole' : identity.sha256 === '' ? 'none' : 'prefix';
      return { bytes, check };
    } finally {
      finished();
      done();
    }
  } finally {
    bar.end();
  }
}

/** Where a download goes: on with what is there, or, while another process does so, by itself. */
function placeFor(name: string): { partial: string; done: () => void; kept: boolean } {
  const shared = path.join(CACHE, name);
  const release = tryLock(`${shared}.lock`);
  if (release) return { partial: shared, done: release, kept: true };
  const partial = `${shared}.${process.pid}`;
  const remove = () => {
    rmSync(partial, { force: true });
  };
  process.once('exit', remove);
  return { partial, done: remove, kept: false };
}

async function identityOf(
  file: HubFile,
  entry: PublishedEntry,
  signal: AbortSignal,
): Promise<Identity> {
  if (entry.source === 'timm') return identify(file, signal);
  return { sha256: entry.sha256 ?? entry.sha256Prefix ?? '', bytes: null };
}

function describe(
  entry: PublishedEntry,
  source: Fetchable,
  classes: number,
): CheckpointDescription {
  const { variant, labels, licence, preprocessing, url } = entry;
  return {
    id: `${variant}.imagenet-1k.${source}`,
    variant,
    dataset: 'ImageNet-1k',
    labels,
    classes,
    // Weights that expect BGR are flipped on reading.
    preprocessing: { ...preprocessing, channelOrder: 'RGB' },
    accuracy: publishedAccuracy(entry),
    training: `Official weights, from ${url}`,
    licence,
  };
}
