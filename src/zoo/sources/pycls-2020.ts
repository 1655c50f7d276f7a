import file from '../../../content/results/pycls-2020.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** facebookresearch/pycls, first edition: means of five trainings. */
export const pycls2020 = file as Source;
