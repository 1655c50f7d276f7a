import file from '../../../content/results/torchvision.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** pytorch/vision: seven variants, two recipes. */
export const torchvision = file as Source;
