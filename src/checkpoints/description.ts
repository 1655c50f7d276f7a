import { z } from 'zod';

/** How a picture becomes the network's input. Properties of a checkpoint, not of a variant. */
export const preprocessingSchema = z.strictObject({
  /** The shorter side after resizing, in pixels. */
  resize: z.int().positive(),
  /** Side of the square cut from the centre, in pixels: the network's input. */
  crop: z.int().positive(),
  /** Pillow's antialiased filter. */
  interpolation: z.enum(['bilinear', 'bicubic']),
  /** Order in which the first convolution expects the channels; normalised in RGB order first. */
  channelOrder: z.enum(['RGB', 'BGR']),
  /** Means and standard deviations of red, green, blue on a scale of 0 to 1. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
});

/**
 * What a weights file is: kept as JSON under the key `regnetx` of the file's safetensors
 * `__metadata__`, and beside its address and hash in content/checkpoints/.
 */
export const descriptionSchema = z.strictObject({
  /** Unique, such as `regnetx_002.tiny-imagenet-200`. */
  id: z.string().regex(/^[\w.-]+$/),
  /** The variant's id, such as `regnetx_002`. */
  variant: z.string(),
  /** The training set in words. */
  dataset: z.string(),
  /** Name of the class list in content/labels/, without extension. */
  labels: z.string(),
  classes: z.int().positive(),
  preprocessing: preprocessingSchema,
  /** Measured top-1 and top-5 accuracy in percent, by square resolution. */
  accuracy: z.array(
    z.strictObject({
      resolution: z.int().positive(),
      top1: z.number(),
      top5: z.number(),
      pictures: z.int().positive(),
    }),
  ),
  /** How it was trained, in one line. */
  training: z.string(),
  licence: z.string(),
});

export type Preprocessing = z.infer<typeof preprocessingSchema>;
export type CheckpointDescription = z.infer<typeof descriptionSchema>;
