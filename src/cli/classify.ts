import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cluesOf, foldBatchNorm, type CheckpointMeaning } from '../checkpoints/index.ts';
import { mostProbable, outputsOf } from '../engine/classifier.ts';
import { createNetwork } from '../engine/network.ts';
import { cropOf, normalise, type RgbPicture } from '../engine/preprocess/index.ts';
import { layersOf } from '../regnet/index.ts';
import { parseLabels } from '../zoo/labels.ts';
import { parseOptions, UsageError } from './arguments.ts';
import {
  CHANNEL_ORDER_OPTION,
  channelOrderOf,
  readCheckpointBytes,
  readFittingFile,
} from './checkpoint-file.ts';
import { decodeBytes, whyUndecodable } from './decode-picture.ts';
import { SITE } from './publish.ts';
import { table } from './table.ts';
import { printJson, printLines } from './terminal.ts';

const DEFAULT_TOP = '5';

/** `regnetx classify`: the most probable classes of a picture. */
export async function classify(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    top: { type: 'string', default: DEFAULT_TOP },
    json: { type: 'boolean' },
  });
  const [file, image, ...rest] = positionals;
  if (file === undefined || image === undefined || rest.length > 0)
    throw new UsageError('Name a checkpoint file and a picture.');
  const top = Number(values.top);
  if (!Number.isInteger(top) || top < 1)
    throw new UsageError(`--top must be a whole number from 1, not ${values.top}.`);

  const picture = await decode(image);
  const { checkpoint, fit } = await readFittingFile(file, channelOrderOf(values));
  const { preprocessing, labels: known } = cluesOf(checkpoint, fit).likely;
  const layers = layersOf(fit.stages, preprocessing.crop, fit.classes);
  const network = await createNetwork(layers, foldBatchNorm(layers, checkpoint.tensors), 'wasm');
  const pixels = normalise(cropOf(picture, preprocessing), preprocessing);
  const outputs = await outputsOf(network, fit.classes, pixels);
  network.dispose();

  const labels = await readLabels(known);
  const predictions = mostProbable(outputs, top).map(({ index, probability, value }) => ({
    index,
    label: labels?.[index] ?? null,
    // Of a single output the softmax is always one.
    probability: value === undefined ? probability : null,
    value,
  }));
  if (values.json) printJson({ file, image, variant: fit.design, preprocessing, predictions });
  else
    printLines(
      table(
        [fit.classes === 1 ? 'output' : 'percent', 'class', 'label'],
        predictions.map(({ index, label, probability, value }) => [
          ...[value?.toPrecision(6) ?? (100 * (probability ?? NaN)).toFixed(2), index, label ?? ''],
        ]),
      ),
    );
}

/** Decodes a picture. Throws a UsageError. */
async function decode(file: string): Promise<RgbPicture> {
  const bytes = await readCheckpointBytes(file);
  try {
    return await decodeBytes(bytes);
  } catch (error) {
    throw new UsageError(`${file} cannot be read as a picture: ${whyUndecodable(error)}.`);
  }
}

/** The names themselves, or those of a class list of the site. */
async function readLabels(labels: CheckpointMeaning['labels']): Promise<readonly string[] | null> {
  if (typeof labels !== 'string') return labels;
  return parseLabels(await readFile(path.join(SITE, 'content', 'labels', `${labels}.tsv`), 'utf8'));
}
