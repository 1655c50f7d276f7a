import file from '../../../content/results/mmdetection.json' with { type: 'json' };
import type { Source } from '../schema.ts';

/** open-mmlab/mmdetection: detectors on COCO with RegNetX backbones. */
export const mmdetection = file as Source;
