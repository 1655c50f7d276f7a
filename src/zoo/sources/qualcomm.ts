import file from '../../../content/results/qualcomm.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** quic/ai-hub-models: torchvision’s 3.2GF, timed on phones. */
export const qualcomm = file as Source;
