import file from '../../../content/results/imgclsmob-chainer.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** osmr/imgclsmob, Chainer: the MXNet weights, converted. */
export const imgclsmobChainer = file as Source;
