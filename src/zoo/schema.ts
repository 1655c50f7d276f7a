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
    transformers: z.string(),
  }),
  design: z.strictObject({
    depth: z.int().positive(),
    w0: z.int().multipleOf(8).positive(),
    wa: z.number().nonnegative(),
    wm: z.number().gt(1),
    groupWidth: z.int().positive(),
  }),
});

/** Who trained a set of weights that accuracies were published for; each trained for itself. */
export const TRAININGS = [
  'd-li14',
  'pycls',
  'torchvision-v1',
  'torchvision-v2',
  'mmpretrain',
  'imgclsmob',
  'keras',
  'paddleclas',
] as const;

/** How a number was measured; null where the source does not say. */
export const protocolSchema = z.strictObject({
  summary: z.string(),
  /** Whose training made the weights that were measured. */
  weights: z.enum(TRAININGS),
  /** Shorter side after resizing, pixels. */
  resize: z.int().positive().nullable(),
  /** Side of the centre crop, pixels. */
  crop: z.int().positive().nullable(),
  interpolation: z.enum(['bilinear', 'bicubic']).nullable(),
  /** False where the filter is not widened when a picture becomes smaller, as OpenCV's is not. */
  antialias: z.literal(false).optional(),
  /** Where the centre of an odd margin is, if not where torchvision has it: pycls rounds up. */
  cropOffset: z.literal('half-up').optional(),
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
  /** `1` for plain counts; `M` and `G` are millions and billions. */
  unit: z.enum(['%', '1', 'M', 'G', 'MiB', 's', 'ms', 'h', 'pictures', 'pictures/s', 'epochs']),
  /** Standard deviation over several trainings, in the figure's unit. */
  deviation: z.number().positive().optional(),
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

/** One network timed: at least one of the two times. */
const runSchema = z
  .strictObject({
    model: z.string(),
    checkpoint: z.string().optional(),
    /** Pictures at a time. */
    batch: z.int().positive(),
    perSecond: z.number().positive().optional(),
    /** Milliseconds for the whole batch. */
    ms: z.number().positive().optional(),
  })
  .refine((run) => run.perSecond ?? run.ms, 'A run needs a time.');

/** Networks timed under one setup, at 224 px. */
export const benchmarkRunsSchema = z.strictObject({
  id: z.string().regex(/^[\w-]+$/),
  device: z.string(),
  kind: z.enum(['GPU', 'CPU', 'phone', 'computer', 'board']),
  precision: z.string(),
  software: z.string(),
  /** What of the device computes, where it has several such parts. */
  processor: z.string().optional(),
  /** How tensors lie in memory, where the source says. */
  layout: z.enum(['NCHW', 'NHWC']).optional(),
  /** Inference by default. */
  phase: z.literal('training').optional(),
  url: z.url(),
  runs: z.array(runSchema).nonempty(),
});

/** A file of weights that a source names. */
const weightsSchema = z.strictObject({
  model: z.string(),
  url: z.url().optional(),
  /** The log of the training or of the conversion. */
  log: z.url().optional(),
  bytes: z.int().positive().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The first digits, where the source prints no more. */
  sha256Prefix: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .optional(),
  sha384: z
    .string()
    .regex(/^[0-9a-f]{96}$/)
    .optional(),
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
    /** Why the source's own weights can no longer be downloaded. */
    gone: z.string().endsWith('.').optional(),
    /** What to know about the source as a whole. */
    note: z.string().optional(),
    protocols: z.record(z.string(), protocolSchema),
    weights: z.array(weightsSchema).optional(),
    benchmarks: z.array(benchmarkRunsSchema).optional(),
    figures: z.array(figureSchema),
  })
  .refine((s) => s.figures.length > 0 || s.note, 'A source without figures needs a note.')
  .refine((s) => s.commit ?? s.version, 'A source needs a commit or a version.')
  .refine(
    (s) => s.figures.every((f) => f.protocol === undefined || f.protocol in s.protocols),
    'A figure names a protocol that the source does not have.',
  );

/** content/families.json: backbones of other families, evaluated and timed by timm. */
export const familiesSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  repository: z.url(),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  date: z.iso.date(),
  /** Where the accuracies stand, and where costs and times do. */
  url: z.url(),
  benchmarkUrl: z.url(),
  recorded: z.iso.date(),
  licence: z.string(),
  models: z
    .array(
      z.strictObject({
        /** timm's. */
        name: z.string(),
        /** What stands beside the mark, for those that readers know. */
        label: z.string().optional(),
        top1: z.number(),
        top5: z.number(),
        /** Side of the crop on which the accuracy was measured, pixels. */
        resolution: z.int().positive(),
        cropShare: z.number().positive().max(1),
        interpolation: z.enum(['bilinear', 'bicubic']),
        /** Millions. */
        params: z.number().positive(),
        /** Billions of multiply-adds and millions of activations, at `benchmarkResolution`. */
        flops: z.number().positive(),
        acts: z.number().positive(),
        benchmarkResolution: z.int().positive(),
        /** Pictures a second, at `benchmarkResolution`. */
        perSecond: z.number().positive(),
      }),
    )
    .nonempty(),
});

/** content/use.json: what weights of ImageNet-1k are for, and what not. */
export const useSchema = z.strictObject({
  training: z.string().endsWith('.'),
  /** What follows from it, a sentence or two each. */
  implications: z.array(z.string().endsWith('.')).nonempty(),
  /** After “not”. */
  not: z.array(z.string().regex(/^to .*[^.]$/)).nonempty(),
  /** A sentence with a link in it. */
  terms: z.strictObject({
    before: z.string(),
    link: z.string(),
    url: z.url(),
    after: z.string().endsWith('.'),
  }),
});

export type Use = z.infer<typeof useSchema>;
export type Families = z.infer<typeof familiesSchema>;
export type Training = (typeof TRAININGS)[number];
export type Runs = z.infer<typeof benchmarkRunsSchema>;
export type Protocol = z.infer<typeof protocolSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Source = z.infer<typeof sourceSchema>;
