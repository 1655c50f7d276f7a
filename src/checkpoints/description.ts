// A reader of checkpoints carries this along: the small edition of Zod is a third of the whole.
import * as z from 'zod/mini';
import { SCHEME_IDS } from './schemes.ts';

// Zod would compile its checks, and asks the browser whether it may: pages and workers under the
// site's policy may not, and each question would be reported as a violation.
z.config({ jitless: true });

/*
 * Types are written out where the package shows them: what Zod infers needs Zod's types, and who installs
 * the package has none. The compiler holds a schema and its interface to each other.
 */

/** Pictures with longer sides are none for a RegNetX, and memory ends. */
export const MAX_SIDE = 1024;

const count = z.int().check(z.positive());
const side = count.check(z.maximum(MAX_SIDE));
const deviation = z.number().check(z.positive());
const text = (pattern: RegExp) => z.string().check(z.regex(pattern));

/** What a schema of an interface has: every member, and no other. */
type Shape<T> = { readonly [Key in keyof T]-?: z.ZodMiniType<T[Key]> };

/** How a picture becomes the network's input. Properties of a checkpoint, not of a variant. */
export interface Preprocessing {
  /** The shorter side after resizing, in pixels. */
  resize: number;
  /** Side of the square cut from the centre, in pixels: the network's input. */
  crop: number;
  /** Pillow's filter. */
  interpolation: 'bilinear' | 'bicubic';
  /**
   * Whether the filter is widened when the picture becomes smaller, as Pillow does: so it is unless
   * told. OpenCV does not.
   */
  antialias?: boolean | undefined;
  /**
   * Where the centre of an odd margin is: at the even one of the two pixels, as in torchvision,
   * unless told, or at the later one, as in pycls.
   */
  cropOffset?: 'half-even' | 'half-up' | undefined;
  /** Order in which the first convolution expects the channels; normalised in RGB order first. */
  channelOrder: 'RGB' | 'BGR';
  /** Means and standard deviations of red, green, blue on a scale of 0 to 1. */
  mean: [number, number, number];
  std: [number, number, number];
}

export const preprocessingSchema = z
  .strictObject({
    resize: side,
    crop: side,
    interpolation: z.enum(['bilinear', 'bicubic']),
    antialias: z.optional(z.boolean()),
    cropOffset: z.optional(z.enum(['half-even', 'half-up'])),
    channelOrder: z.enum(['RGB', 'BGR']),
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([deviation, deviation, deviation]),
  } satisfies Shape<Preprocessing>)
  .check(
    z.refine(({ resize, crop }) => crop <= resize, {
      path: ['crop'],
      error: 'the crop is larger than the resized side',
    }),
  );

/**
 * What a weights file is: kept as JSON under the key `regnetx` of the file's safetensors
 * `__metadata__`, and beside its address and hash in content/checkpoints/.
 */
export interface CheckpointDescription {
  /** Unique, such as `regnetx_002.tiny-imagenet-200`. */
  id: string;
  /** The variant's id, such as `regnetx_002`. */
  variant: string;
  /** The training set in words. */
  dataset: string;
  /** Name of the class list in content/labels/, without extension; one that is not there names nothing. */
  labels: string;
  classes: number;
  preprocessing: Preprocessing;
  /** Measured top-1 and top-5 accuracy in percent, by square resolution. */
  accuracy: { resolution: number; top1: number; top5: number; pictures: number }[];
  /** How it was trained, in one line. */
  training: string;
  licence: string;
}

export const descriptionSchema = z.strictObject({
  id: text(/^[\w.-]+$/),
  variant: z.string(),
  dataset: z.string(),
  labels: z.string(),
  classes: count,
  preprocessing: preprocessingSchema,
  accuracy: z.array(
    z.strictObject({
      resolution: count,
      top1: z.number(),
      top5: z.number(),
      pictures: count,
    }),
  ),
  training: z.string(),
  licence: z.string(),
} satisfies Shape<CheckpointDescription>);

const sha256 = text(/^[0-9a-f]{64}$/);
const naming = z.enum(SCHEME_IDS);

/** A file that ships with the site; `regnetx convert` writes it together with the weights. */
export const bundledCheckpointSchema = z.extend(descriptionSchema, {
  bundled: z.literal(true),
  source: z.literal('zoo'),
  /** Path below the site's base, such as `weights/<id>.safetensors`. */
  url: text(/^weights\/[\w.-]+\.safetensors$/),
  container: z.literal('safetensors'),
  naming: z.literal('timm'),
  /** Type of convolutions and classifier, and of batch norm where that fits. */
  dtype: z.enum(['f16', 'f32']),
  bytes: count,
  sha256,
});

/** A file that others publish. */
export const publishedCheckpointSchema = z.extend(
  z.omit(descriptionSchema, { dataset: true, accuracy: true, training: true }),
  {
    bundled: z._default(z.literal(false), false),
    source: z.enum(['d-li14', 'pycls', 'timm', 'torchvision', 'mmpretrain']),
    url: z.url(),
    container: z.optional(z.enum(['pytorch-zip', 'pytorch-legacy', 'safetensors'])),
    naming,
    /** Of the file's bytes; the prefix where the source publishes no more. */
    sha256: z.optional(sha256),
    sha256Prefix: z.optional(text(/^[0-9a-f]{8}$/)),
    /** As the source prints it, such as `20.8 MB`. */
    publishedSize: z.optional(z.string()),
    /** Why the file cannot be had any more, where it cannot. */
    gone: z.optional(z.string()),
  },
);

/** content/checkpoints/<id>.json: every checkpoint that can be loaded, ours and others'. */
export const checkpointEntrySchema = z.union([bundledCheckpointSchema, publishedCheckpointSchema]);

export type BundledCheckpoint = z.infer<typeof bundledCheckpointSchema>;
export type CheckpointEntry = z.infer<typeof checkpointEntrySchema>;

/** What PyTorch said of a picture with these weights, stored with the checkpoint. */
export interface Golden {
  readonly picture: Blob;
  readonly probabilities: readonly number[];
  /** By how much PyTorch itself is off with the weights as the file keeps them. */
  readonly tolerance: number;
}
