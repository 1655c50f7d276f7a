import { z } from 'zod';
import { preprocessingSchema } from './description.ts';

/** The code bases that publish RegNetX weights. */
export const SOURCES = ['pycls', 'timm', 'torchvision', 'mmpretrain', 'd-li14'] as const;

/** content/checkpoints/<id>.json: weights that somebody else publishes. */
export const publishedSchema = z
  .strictObject({
    id: z.string().regex(/^[\w.-]+$/),
    variant: z.string(),
    source: z.enum(SOURCES),
    url: z.url(),
    container: z.enum(['pytorch-zip', 'pytorch-legacy', 'safetensors']).optional(),
    naming: z.enum(['pycls', 'timm', 'torchvision', 'mmpretrain', 'd-li14']),
    labels: z.string(),
    classes: z.int().positive(),
    preprocessing: preprocessingSchema,
    licence: z.string(),
    /** Of the whole file, as published. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    /** The first hexadecimal digits, where the source publishes no more (in the file's name). */
    sha256Prefix: z
      .string()
      .regex(/^[0-9a-f]{8}$/)
      .optional(),
    /** As the host's page shows it, rounded. */
    publishedSize: z.string().optional(),
    /** Set when the link is dead: what happened, in a sentence. */
    gone: z.string().optional(),
  })
  .refine(
    (c) => c.sha256 === undefined || c.sha256Prefix === undefined,
    'A checkpoint has either a whole hash or a prefix.',
  );

export type Published = z.infer<typeof publishedSchema>;
