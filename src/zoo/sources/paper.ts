import file from '../../../content/results/paper.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** the paper itself: means of five trainings, with their standard deviations. */
export const paper = file as Source;
