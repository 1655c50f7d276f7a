import file from '../../../content/results/keras.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** keras.applications: a training of its own. */
export const keras = file as Source;
