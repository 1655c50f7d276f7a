import file from '../../../content/results/torchvision-files.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** pytorch/vision: operations and file sizes. */
export const torchvisionFiles = file as Source;
