import file from '../../../content/results/d-li14.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** d-li14/regnet.pytorch: "ours". */
export const seed = file as Source;
