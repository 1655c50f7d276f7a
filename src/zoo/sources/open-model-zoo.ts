import file from '../../../content/results/open-model-zoo.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** openvinotoolkit/open_model_zoo: pycls’s 3.2GF, converted. */
export const openModelZoo = file as Source;
