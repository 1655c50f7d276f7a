import type { Stage } from '../../regnet/index.ts';
import { r } from '../shared/svg.ts';

/** One bar a block, on the silhouette's own scale. */
export interface Bar {
  readonly stage: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A network's outline as bars: blocks from left to right in a box of `size`, their widths upwards,
 * the widest block as high as the box. Blocks of all networks are equally wide when `slots` is the
 * depth of the deepest.
 */
export function silhouette(
  stages: readonly Stage[],
  size: { readonly width: number; readonly height: number },
  slots: number,
): Bar[] {
  const widest = Math.max(...stages.map((s) => s.width));
  const step = size.width / slots;
  const blocks = stages.flatMap((stage, index) =>
    Array.from({ length: stage.depth }, () => ({ stage: index + 1, channels: stage.width })),
  );
  return blocks.map(({ stage, channels }, j) => {
    const height = (channels / widest) * size.height;
    return {
      stage,
      x: r(j * step),
      y: r(size.height - height),
      width: r(step * 0.84),
      height: r(height),
    };
  });
}
