import file from '../../../content/results/pycls.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** facebookresearch/pycls: "official". */
export const pycls = file as Source;
