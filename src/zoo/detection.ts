/** What is published of detectors with a RegNetX as their backbone. */
import { citations, type Citation } from './results.ts';
import { mmdetection } from './sources.ts';

/** One trained detector. */
export interface Detector {
  /** `Mask R-CNN`; all have a feature pyramid. */
  readonly name: string;
  readonly epochs: number;
  /** Whether pictures were scaled at random while it was trained. */
  readonly multiScale: boolean;
  /** Average precision of boxes on COCO, percent; and of masks, where it has them. */
  readonly box: Citation;
  readonly mask: Citation | null;
}

const NAMES: Readonly<Record<string, string>> = {
  retinanet: 'RetinaNet',
  faster_rcnn: 'Faster R-CNN',
  mask_rcnn: 'Mask R-CNN',
  cascade_mask_rcnn: 'Cascade Mask R-CNN',
};
/** MMDetection counts schedules in as many epochs. */
const SCHEDULE = 12;

/** MMDetection's detectors with a variant, the simplest and shortest first. */
export function detectorsOf(model: string): Detector[] {
  const order = Object.values(NAMES);
  return citations(mmdetection, model, 'box_ap')
    .map((box): Detector => {
      const { checkpoint = '' } = box.figure;
      const [, detector = '', schedule = ''] =
        /^([a-z_]+)_regnetx-.*_(\d)x_coco$/.exec(checkpoint) ?? [];
      const name = NAMES[detector];
      if (name === undefined) throw new Error(`${checkpoint} names no detector that is known.`);
      const mask = citations(mmdetection, model, 'mask_ap').find(
        ({ figure }) => figure.checkpoint === checkpoint,
      );
      return {
        name,
        epochs: SCHEDULE * Number(schedule),
        multiScale: checkpoint.includes('mstrain'),
        box,
        mask: mask ?? null,
      };
    })
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.epochs - b.epochs);
}
