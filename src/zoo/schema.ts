import { z } from 'zod';

/** content/models/<id>.json */
export const modelSchema = z.strictObject({
  id: z.string().regex(/^regnetx_\d{3}$/),
  name: z.string().startsWith('RegNetX-'),
  /** One sentence on what sets this variant apart. */
  summary: z.string().endsWith('.'),
  names: z.strictObject({
    paper: z.string(),
    seed: z.string(),
    seedFactory: z.string(),
    pycls: z.string(),
    timm: z.string(),
    torchvision: z.string().optional(),
    mmpretrain: z.string().optional(),
  }),
  design: z.strictObject({
    depth: z.int().positive(),
    w0: z.int().multipleOf(8).positive(),
    wa: z.number().nonnegative(),
    wm: z.number().gt(1),
    groupWidth: z.int().positive(),
  }),
});

/** How a number was measured; null where the source does not say. */
export const protocolSchema = z.strictObject({
  summary: z.string(),
  /** Shorter side after resizing, pixels. */
  resize: z.int().positive().nullable(),
  /** Side of the centre crop, pixels. */
  crop: z.int().positive().nullable(),
  interpolation: z.enum(['bilinear', 'bicubic']).nullable(),
  channelOrder: z.enum(['RGB', 'BGR']).nullable(),
  dataset: z.string(),
  pictures: z.int().positive().nullable(),
});

/** One published number. */
export const figureSchema = z.strictObject({
  model: z.string(),
  /** The source's own name for the weights, where it has several a model. */
  checkpoint: z.string().optional(),
  metric: z.string(),
  value: z.number(),
  /** `1` for plain counts; `M` and `G` are millions and thousand millions. */
  unit: z.enum(['%', '1', 'M', 'G', 's', 'ms', 'h', 'pictures', 'epochs']),
  dataset: z.string().optional(),
  /** Key into the source's protocols. */
  protocol: z.string().optional(),
  /** Where this figure stands, if elsewhere than the source's url. */
  url: z.url().optional(),
  recipe: z.url().optional(),
  /** The digits as printed, where the value was rounded by the source. */
  printed: z.string().optional(),
  note: z.string().optional(),
});

/** content/results/<source>.json */
export const sourceSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    repository: z.url(),
    /** The commit read, or `version` where the source is not pinned to one. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional(),
    version: z.string().optional(),
    /** Day on which the source created the figures, where it says. */
    date: z.iso.date().optional(),
    url: z.url(),
    training: z.string().optional(),
    /** Day on which the figures were entered here. */
    recorded: z.iso.date(),
    licence: z.string(),
    protocols: z.record(z.string(), protocolSchema),
    figures: z.array(figureSchema).nonempty(),
  })
  .refine((s) => s.commit ?? s.version, 'A source needs a commit or a version.')
  .refine(
    (s) => s.figures.every((f) => f.protocol === undefined || f.protocol in s.protocols),
    'A figure names a protocol that the source does not have.',
  );

export type Protocol = z.infer<typeof protocolSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Source = z.infer<typeof sourceSchema>;
