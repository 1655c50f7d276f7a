import file from '../../../content/results/transformers.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** huggingface/transformers: copies, without figures. */
export const transformers = file as Source;
