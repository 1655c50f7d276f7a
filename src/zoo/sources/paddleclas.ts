import file from '../../../content/results/paddleclas.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** PaddlePaddle/PaddleClas: weights whose origin it does not state. */
export const paddleclas = file as Source;
