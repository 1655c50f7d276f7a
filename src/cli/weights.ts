import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nameTensors, readContents, requireFit } from '../checkpoints/index.ts';
import { models } from '../zoo/models.ts';
import { parseOptions, UsageError } from './arguments.ts';
import { readCheckpointBytes } from './checkpoint-file.ts';
import { storeGolden } from './golden.ts';
import { SITE } from './publish.ts';
import { reasonOf, resolvePath } from './read-file.ts';
import { describe, ship } from './ship.ts';
import { printJson, printLines } from './terminal.ts';
import { readRecord } from './training-record.ts';

/** Where trained networks lie unless a folder is named: `shared/weights`, beside the repository. */
const FOLDER = path.join(SITE, '..', 'shared', 'weights');

const CHECKPOINT = /\.(pth|pt|pyth|ckpt|bin|safetensors)$/;

/**
 * `regnetx weights`: every checkpoint of a folder that has a training record beside it into the site,
 * as float16, and what PyTorch said of a picture (`golden.<variant>.json`), where that is there, too.
 */
export async function shipFolder(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    site: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [named, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('Name only one folder.');
  const folder = named === undefined ? FOLDER : resolvePath(named);
  const site = values.site === undefined ? SITE : resolvePath(values.site);
  const shipped: object[] = [];
  for (const name of await checkpointsIn(folder)) {
    const network = await shipFile(folder, name, site);
    if (!network) continue;
    shipped.push(network);
    if (!values.json)
      printLines([...network.outputs, `${network.bytes.toLocaleString('en')} bytes, f16`]);
  }
  if (shipped.length === 0)
    throw new UsageError(
      `${folder} holds no checkpoint with a training record (same name, .json) beside it.`,
    );
  if (values.json) printJson({ shipped });
}

async function shipFile(folder: string, name: string, site: string) {
  const file = path.join(folder, name);
  const record = await readRecord(file);
  if (!record) return null;
  const contents = readContents(await readCheckpointBytes(file));
  const checkpoint = nameTensors(contents, { channelOrder: record.channelOrder });
  const fit = requireFit(checkpoint, models);
  const description = describe(record, fit);
  const written = await ship(site, { checkpoint, fit, description, dtype: 'f16' });
  const golden = await storeGolden({ folder, site, description, checkpoint, fit });
  const { id, variant } = description;
  return { id, variant, ...written, outputs: [...written.outputs, ...golden] };
}

async function checkpointsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => CHECKPOINT.test(name)).sort();
  } catch (error) {
    throw new UsageError(
      `${folder} cannot be read: ${reasonOf(error)}. Name a folder with checkpoints and their training records.`,
    );
  }
}
