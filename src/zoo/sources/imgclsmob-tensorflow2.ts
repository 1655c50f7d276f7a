import file from '../../../content/results/imgclsmob-tensorflow2.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** osmr/imgclsmob, TensorFlow 2: the MXNet weights, converted. */
export const imgclsmobTensorflow = file as Source;
