/** PyTorch's numbers for a network that ships, with which the page compares the visitor's device. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import {
  convert,
  foldBatchNorm,
  readCheckpoint,
  type Checkpoint,
  type CheckpointDescription,
  type Fit,
} from '../checkpoints/index.ts';
import { createNetwork } from '../engine/network.ts';
import { normalise } from '../engine/preprocess/index.ts';
import { layersOf } from '../regnet/index.ts';
import { UsageError } from './arguments.ts';
import { readIfThere } from './read-file.ts';
import { writeWhole } from './write-file.ts';

/** What PyTorch said of pictures that lie beside the file, as our training leaves it. */
const recordedSchema = z.object({
  made_with: z.string(),
  cases: z
    .array(z.object({ image: z.string(), probabilities: z.array(z.number()).nonempty() }))
    .nonempty(),
});

type Case = z.infer<typeof recordedSchema>['cases'][number];

interface Origin {
  readonly folder: string;
  readonly site: string;
  readonly description: CheckpointDescription;
  readonly checkpoint: Checkpoint;
  readonly fit: Fit;
}

/** Of the limit within which the page takes a device for right, what does not depend on the picture. */
const LIMIT = 1e-4;

/**
 * Stores the numbers of one picture in public/golden/: the one whose answer would move most, for what
 * the rounded weights alone move it. Gives the paths written, none where nothing was recorded.
 * Throws a UsageError when the record is damaged, or far from what the checkpoint gives here.
 */
export async function storeGolden({
  folder,
  site,
  description,
  checkpoint,
  fit,
}: Origin): Promise<string[]> {
  const { id, variant, preprocessing } = description;
  const file = path.join(folder, `golden.${variant}.json`);
  const bytes = await readIfThere(file);
  if (!bytes) return [];
  const { cases, made_with: madeWith } = parse(file, bytes);
  const whole = await answers(checkpoint, fit, folder, description, cases);
  const rounded = readCheckpoint(convert(checkpoint, fit, { dtype: 'f16', norm: 'f16' }));
  const halved = await answers(rounded, fit, folder, description, cases);
  const judged = cases.map((one, i) => {
    const off = largestDifference(whole[i], one.probabilities);
    if (!(off <= LIMIT))
      throw new UsageError(
        `${file}: ${one.image}: the checkpoint gives other numbers here (off by ${off.toPrecision(1)}); is it of this network, at ${preprocessing.crop} px?`,
      );
    const tolerance = largestDifference(halved[i], one.probabilities);
    const most = Math.max(...one.probabilities);
    return { ...one, tolerance, sharpness: (most * (1 - most)) / (LIMIT + tolerance) };
  });
  const best = judged.reduce((a, b) => (b.sharpness > a.sharpness ? b : a));
  const picture = `${id}.png`;
  const stored = path.join('public', 'golden', `${id}.json`);
  const { tolerance, probabilities } = best;
  const json = JSON.stringify({ checkpoint: id, madeWith, picture, tolerance, probabilities });
  const seen = path.join('public', 'golden', picture);
  await writeWhole(
    { file: path.join(site, seen), pieces: [await readFile(path.join(folder, best.image))] },
    { file: path.join(site, stored), pieces: [new TextEncoder().encode(json)] },
  );
  return [stored, seen];
}

function parse(file: string, bytes: Uint8Array) {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UsageError(`${file} is no JSON.`);
  }
  const { data, error } = recordedSchema.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  throw new UsageError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}.`);
}

/** Probabilities of every picture, computed here. */
async function answers(
  { tensors }: Checkpoint,
  { stages, classes }: Fit,
  folder: string,
  { preprocessing }: CheckpointDescription,
  cases: readonly Case[],
): Promise<Float32Array[]> {
  const layers = layersOf(stages, preprocessing.crop, classes);
  const network = await createNetwork(layers, foldBatchNorm(layers, tensors), 'wasm');
  const results: Float32Array[] = [];
  try {
    for (const { image } of cases) {
      const { data, info } = await sharp(path.join(folder, image))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height } = info;
      const input = normalise({ width, height, data: new Uint8Array(data) }, preprocessing);
      results.push(await network.probabilities(input));
    }
  } finally {
    network.dispose();
  }
  return results;
}

function largestDifference(ours: Float32Array | undefined, theirs: readonly number[]): number {
  if (ours?.length !== theirs.length) return NaN;
  return theirs.reduce((most, p, i) => Math.max(most, Math.abs((ours[i] ?? NaN) - p)), 0);
}
