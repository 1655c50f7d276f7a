import path from 'node:path';
import { z } from 'zod';
import { preprocessingSchema, type CheckpointDescription } from '../checkpoints/index.ts';
import { IMAGENET_PIXELS } from '../regnet/index.ts';
import { findModel } from '../zoo/models.ts';
import { UsageError } from './arguments.ts';
import { readIfThere } from './read-file.ts';

/**
 * The JSON that our training leaves beside a checkpoint. Keys that are not named here are ignored,
 * so that a training script may note more.
 */
const recordSchema = z.object({
  id: z.string().regex(/^[\w.-]+$/),
  variant: z.string(),
  channel_order: z.enum(['RGB', 'BGR']).default('RGB'),
  /** A file in content/labels/. */
  classes: z.string(),
  dataset: z.string(),
  validation_pictures: z.int().positive(),
  /** By resolution, in percent. */
  accuracy: z.record(
    z.string().regex(/^\d+$/),
    z.object({ top1: z.number().min(0).max(100), top5: z.number().min(0).max(100) }),
  ),
  input: z.object({
    size: z.int().positive(),
    /** Such as "shorter side to 128, bilinear, antialiased", or pixels. */
    resize: z.union([z.string(), z.int().positive()]).optional(),
    interpolation: z.optional(preprocessingSchema.shape.interpolation),
    mean: z._default(preprocessingSchema.shape.mean, IMAGENET_PIXELS.mean),
    std: z._default(preprocessingSchema.shape.std, IMAGENET_PIXELS.std),
  }),
  recipe: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  licence: z.string(),
});

type TrainingRecord = z.infer<typeof recordSchema>;

/** What a training record says about the file that is made of its checkpoint. */
export interface ParsedRecord {
  /** Where it was read, for messages. */
  readonly file: string;
  /** The order that the checkpoint's first convolution expects; the file's is always RGB. */
  readonly channelOrder: 'RGB' | 'BGR';
  /** All but what the checkpoint itself tells. */
  readonly description: Omit<CheckpointDescription, 'classes'>;
}

/** Where the training record of a checkpoint stands: the same name, ending in .json. */
export function recordPath(file: string): string {
  return `${file.slice(0, file.length - path.extname(file).length)}.json`;
}

/** The training record beside a checkpoint, if there is one. Throws a UsageError as `parseRecord`. */
export async function readRecord(checkpoint: string): Promise<ParsedRecord | undefined> {
  const file = recordPath(checkpoint);
  const bytes = await readIfThere(file);
  if (!bytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new UsageError(
      `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return isMeantAsRecord(value) ? parseRecord(file, value) : undefined;
}

/** Other programs put other JSON beside their checkpoints. */
function isMeantAsRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'variant' in value && 'dataset' in value;
}

/**
 * Checks a training record and turns it into a description. Throws a UsageError that names the file
 * and the key at fault.
 */
export function parseRecord(file: string, value: unknown): ParsedRecord {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.path.join('.') ?? '';
    throw new UsageError(`${file}: ${key === '' ? '' : `${key}: `}${issue?.message ?? 'invalid'}.`);
  }
  const record = parsed.data;
  const model = findModel(record.variant);
  if (!model) throw new UsageError(`${file}: variant: there is no ${record.variant}.`);
  return {
    file,
    channelOrder: record.channel_order,
    description: {
      id: record.id,
      variant: model.id,
      dataset: record.dataset,
      labels: record.classes.replace(/\.tsv$/, ''),
      preprocessing: {
        ...resizeOf(file, record.input),
        crop: record.input.size,
        channelOrder: 'RGB',
        mean: record.input.mean,
        std: record.input.std,
      },
      accuracy: Object.entries(record.accuracy).map(([resolution, { top1, top5 }]) => ({
        resolution: Number(resolution),
        top1: toHundredths(top1),
        top5: toHundredths(top5),
        pictures: record.validation_pictures,
      })),
      training: tellRecipe(record.recipe),
      licence: record.licence,
    },
  };
}

/** Percent of at most 10,000 pictures have two decimals; the rest is floating-point dust. */
const toHundredths = (percent: number): number => Number(percent.toFixed(2));

function resizeOf(file: string, { size, resize = size, interpolation }: TrainingRecord['input']) {
  if (typeof resize === 'number') return { resize, interpolation: interpolation ?? 'bilinear' };
  const pixels = /shorter side to (\d+)/.exec(resize)?.[1];
  const filter =
    interpolation ?? (['bilinear', 'bicubic'] as const).find((f) => resize.includes(f));
  if (pixels !== undefined && filter !== undefined)
    return { resize: Number(pixels), interpolation: filter };
  throw new UsageError(
    `${file}: input.resize: "${resize}" does not read "shorter side to N, bilinear" or "…, bicubic".`,
  );
}

/** Keys of the recipe that do not speak for themselves. */
const WORDS: Readonly<Record<string, string>> = {
  init: '',
  lr: 'learning rate',
  hours: 'hours of training',
};

function tellRecipe(recipe: TrainingRecord['recipe']): string {
  return Object.entries(recipe)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => {
      if (key === 'sizes_epochs') return tellEpochs(String(value));
      return `${WORDS[key] ?? key.replaceAll('_', ' ')} ${String(value)}`.trim();
    })
    .join('; ');
}

/** `64:18,96:8` as `18 epochs at 64 px, 8 epochs at 96 px`. */
function tellEpochs(text: string): string {
  return text.replaceAll(
    /(\d+):(\d+)(,?)\s*/g,
    (_, size: string, epochs: string, comma: string) =>
      `${epochs} ${epochs === '1' ? 'epoch' : 'epochs'} at ${size} px${comma === '' ? '' : ', '}`,
  );
}
