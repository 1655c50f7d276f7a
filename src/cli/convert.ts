import { createHash } from 'node:crypto';
import {
  convert,
  descriptionSchema,
  nameTensors,
  readContents,
  requireFit,
  type CheckpointDescription,
  type Fit,
} from '../checkpoints/index.ts';
import { models } from '../zoo/models.ts';
import { oneOf, onePositional, parseOptions, print, readBytes } from './arguments.ts';
import { resolvePath, UsageError } from './arguments.ts';
import { CHANNEL_ORDER_OPTION, channelOrderOf } from './checkpoint-file.ts';
import { publish, SITE, writeWhole } from './publish.ts';
import { readRecord, recordPath, type ParsedRecord } from './training-record.ts';

/**
 * `regnetx convert`: any checkpoint to safetensors with timm's names. Without `-o` a training record
 * beside the checkpoint says what it is, and the result goes into the site (`--site`, this one).
 */
export async function convertFile(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    output: { type: 'string', short: 'o' },
    dtype: { type: 'string' },
    site: { type: 'string' },
    json: { type: 'boolean' },
  });
  const file = onePositional(positionals, 'a checkpoint file');
  const { output, site } = values;
  const dtype = oneOf('--dtype', values.dtype ?? (output === undefined ? 'f16' : 'f32'), [
    'f16',
    'f32',
  ]);
  const contents = readContents(await readBytes(file));
  const record = await readRecord(file);
  const channelOrder = channelOrderOf(values) ?? record?.channelOrder;
  const checkpoint = nameTensors(contents, { channelOrder });
  const fit = requireFit(checkpoint, models);
  const description = record && describe(record, fit);
  const bytes = convert(checkpoint, fit, { dtype, description });
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  let outputs: readonly string[];
  if (output !== undefined) {
    outputs = [output];
    await writeWhole(resolvePath(output), bytes);
  } else if (description) {
    const folder = site === undefined ? SITE : resolvePath(site);
    outputs = await publish(folder, bytes, { description, dtype, sha256 });
  } else {
    throw new UsageError(
      `Say where to write with -o OUT.safetensors, or describe the checkpoint in ${recordPath(file)} to put it on the site.`,
    );
  }
  const { scheme: naming, container } = checkpoint;
  const { design: variant, classes, params } = fit;
  const size = bytes.length;
  print(
    values.json
      ? { outputs, container, naming, variant, classes, params, dtype, bytes: size, sha256 }
      : `${outputs.join('\n')}\n${size.toLocaleString('en')} bytes, ${dtype}, SHA-256 ${sha256}`,
  );
}

/** The description with what the checkpoint tells, which must not contradict it. */
function describe({ file, description }: ParsedRecord, fit: Fit): CheckpointDescription {
  if (fit.design !== description.variant)
    throw new UsageError(
      `${file}: variant: it says ${description.variant}, but the weights are ${fit.design === null ? 'none of the twelve' : `a ${fit.design}`}.`,
    );
  return descriptionSchema.parse({ ...description, classes: fit.classes });
}
