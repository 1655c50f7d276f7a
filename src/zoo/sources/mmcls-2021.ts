import file from '../../../content/results/mmcls-2021.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** open-mmlab/mmclassification: pycls’s weights, converted and measured anew. */
export const mmcls2021 = file as Source;
