import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { checkpointEntrySchema } from './checkpoints/description.ts';
import { benchmarkFileSchema } from './zoo/benchmark-files.ts';
import { modelSchema, sourceSchema } from './zoo/schema.ts';

const json = (folder: string) => glob({ base: `./content/${folder}`, pattern: '*.json' });

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './content/docs', pattern: '**/[^_]*.{md,mdx}' }),
    /** `ownTitle`: the page writes its heading itself. */
    schema: docsSchema({ extend: z.object({ ownTitle: z.boolean().default(false) }) }),
  }),
  models: defineCollection({ loader: json('models'), schema: modelSchema }),
  checkpoints: defineCollection({ loader: json('checkpoints'), schema: checkpointEntrySchema }),
  benchmarks: defineCollection({ loader: json('benchmarks'), schema: benchmarkFileSchema }),
  results: defineCollection({ loader: json('results'), schema: sourceSchema }),
};
