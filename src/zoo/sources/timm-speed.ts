import file from '../../../content/results/timm-speed.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** huggingface/pytorch-image-models: benchmarks. */
export const timmSpeed = file as Source;
