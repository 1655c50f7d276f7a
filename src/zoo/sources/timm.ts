import file from '../../../content/results/timm.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** huggingface/pytorch-image-models: others’ weights, evaluated anew. */
export const timm = file as Source;
