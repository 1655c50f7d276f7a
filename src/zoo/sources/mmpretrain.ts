import file from '../../../content/results/mmpretrain.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** open-mmlab/mmpretrain: eight variants. */
export const mmpretrain = file as Source;
