import file from '../../../content/results/imgclsmob-gluon.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** osmr/imgclsmob, MXNet: a training of its own. */
export const imgclsmob = file as Source;
